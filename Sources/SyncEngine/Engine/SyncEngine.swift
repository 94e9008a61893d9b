import Kafka
import Postgres
import Probes

#if canImport(Glibc)
    import Glibc
#endif

/// The engine: consumes, retries, publishes, and says that it lives, until it is told to stop.
///
/// Flows in: Kafka's messages and the rows that wait. Flows out: rows. What a person asks for goes
/// through `Operations`, in this process or another; the engine reads it from the database.
package actor SyncEngine {
    private let settings: EngineSettings
    private let log: EngineLog
    private var parts: Parts?
    private var isStopping = false

    private struct Parts: Sendable {
        var consumer: CatalogConsumer
        var retries: RetryWorker
        var outbox: OutboxPublisher
        var vitals: EngineVitals
        var reconciliation: ReconciliationWorker
        var sessions: [PostgresSession]
    }

    package init(_ settings: EngineSettings, log: EngineLog) {
        self.settings = settings
        self.log = log
    }

    /// Runs until `stop`, then drains: the batch in hand is finished, partitions are handed over.
    ///
    /// Throws what makes starting impossible: Kafka settings that are not valid, a schema that this
    /// build cannot work with. Servers that are away are waited for.
    package func run() async throws {
        let vitalSession = PostgresSession(settings.database)
        let engineID = try await register(vitalSession)
        guard !isStopping else {
            await sayGoodbye(engineID, vitalSession)
            await vitalSession.close()
            return
        }
        let parts = try start(engineID: engineID, vitalSession: vitalSession)
        self.parts = parts
        log(.notice, "engine", "engine \(engineID) runs")
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await parts.consumer.run() }
            group.addTask { await parts.retries.run() }
            group.addTask { await parts.outbox.run() }
            group.addTask { await parts.vitals.run() }
            group.addTask { await parts.reconciliation.run() }
        }
        await sayGoodbye(engineID, vitalSession)
        for session in parts.sessions { await session.close() }
        log(.notice, "engine", "engine \(engineID) has stopped")
    }

    /// Asks for the end of `run`; may be called more than once.
    package nonisolated func stop() {
        Task { await self.beginStop() }
    }

    private func beginStop() async {
        guard !isStopping else { return }
        isStopping = true
        guard let parts else { return }
        await parts.consumer.stop()
        await parts.retries.stop()
        await parts.outbox.stop()
        await parts.vitals.stop()
        await parts.reconciliation.stop()
        // What waits for a lost database would wait for ever.
        let sessions = parts.sessions
        Task {
            try? await Task.sleep(for: .seconds(5))
            for session in sessions { await session.close() }
        }
    }

    private func register(_ session: PostgresSession) async throws -> Int64 {
        while true {
            do {
                return try await session.withConnection(patience: .seconds(1)) { connection in
                    _ = try await connection.query(EngineSQL.engineSweep, [.int(60)])
                    try await connection.query("SELECT ensure_event_log_partitions(2)")
                    let rows = try await connection.query(
                        EngineSQL.engineRegister,
                        [
                            .text(self.settings.host), .int(Int64(getpid())),
                            .text(self.settings.role), .text(self.settings.version),
                            .text(self.settings.configurationHash),
                            .text(ifPresent: self.settings.operatorName),
                        ])
                    return try rows.only().int(0)
                }
            } catch let error as PostgresError where error.verdict == .infrastructure {
                log(.warning, "engine", "waiting for the database: \(error)")
                if isStopping { throw error }
                try await Task.sleep(for: .milliseconds(500))
            }
        }
    }

    private func start(engineID: Int64, vitalSession: PostgresSession) throws -> Parts {
        let log = log
        let libraryLog: @Sendable (KafkaLogEntry) -> Void = { entry in
            log(entry.level <= .error ? .warning : .debug, "librdkafka", entry.text)
        }
        var consuming = settings.kafka
        // Read ahead, but not without bound: what is fetched and not polled stands in memory too.
        consuming.properties.merge(["queued.max.messages.kbytes": "16384"]) { own, _ in own }
        var producing = settings.kafka
        producing.properties.merge(["message.timeout.ms": "30000"]) { own, _ in own }
        let kafka = try KafkaConsumer.start(
            settings: consuming, group: settings.group, topics: settings.topics, log: libraryLog)
        let observer = try KafkaObserver.start(settings: settings.kafka, log: libraryLog)
        let producer = try KafkaProducer.start(settings: producing, log: libraryLog)
        let breakers = BreakerBoard(
            policy: settings.breakerPolicy, keys: [DeadLetterMessage.breakerKey],
            now: settings.apply.now)

        var patient = settings.database
        // The outbox waits for the broker within its transaction.
        patient.idleInTransactionTimeout = .seconds(90)
        let outboxSession = PostgresSession(patient)
        let outbox = OutboxPublisher(
            session: outboxSession, producer: producer, breakers: breakers, log: log)
        let retrySession = ApplySession.make(settings.database)
        let retries = RetryWorker(
            context: settings.apply, session: retrySession, log: log,
            wakeOutbox: { outbox.wake() })
        let takeoverSession = PostgresSession(settings.database)
        let applySessions = (0..<2).map { _ in ApplySession.make(settings.database) }
        let consumer = CatalogConsumer(
            settings: settings, engineID: engineID, consumer: kafka, observer: observer,
            session: takeoverSession, applySessions: applySessions, log: log,
            wakeRetries: { retries.wake() }, wakeOutbox: { outbox.wake() })
        let vitals = EngineVitals(
            settings: settings, engineID: engineID, session: vitalSession, consumer: consumer,
            kafka: kafka, observer: observer, breakers: breakers, log: log)
        let leaseSession = PostgresSession(settings.database)
        let runSession = ApplySession.make(settings.database)
        let reconciliation = ReconciliationWorker(
            settings: settings.reconciliation, apply: settings.apply, engineID: engineID,
            control: leaseSession, work: runSession,
            stores: SourceStores(settings: settings.reconciliation.stores, breakers: breakers),
            compare: StagedComparison.compare(
                session: runSession, workFolder: settings.reconciliation.workFolder),
            log: log)
        return Parts(
            consumer: consumer, retries: retries, outbox: outbox, vitals: vitals,
            reconciliation: reconciliation,
            sessions: applySessions + [
                takeoverSession, retrySession, outboxSession, vitalSession, leaseSession,
                runSession,
            ])
    }

    private func sayGoodbye(_ engineID: Int64, _ session: PostgresSession) async {
        do {
            try await session.withConnection(patience: .seconds(1)) { connection in
                _ = try await connection.query(
                    EngineSQL.engineStopped, [.int(engineID), .text("stopped")])
            }
        } catch {
            log(.warning, "engine", "no goodbye stored: \(CatalogConsumer.words(error))")
        }
    }
}
