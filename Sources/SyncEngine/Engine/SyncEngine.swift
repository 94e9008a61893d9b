import Kafka
import Postgres
import Probes

/// The engine: consumes, retries, publishes, and says that it lives, until it is told to stop.
///
/// Flows in: Kafka's messages and the rows that wait. Flows out: rows. What a person asks for goes
/// through `Operations`, in this process or another; the engine reads it from the database.
package actor SyncEngine {
    private let settings: EngineSettings
    private let log: EngineLog
    /// What this engine alerts from its memory while it cannot write it down.
    package nonisolated let alerts = EngineAlerts()
    private let breakers: BreakerBoard
    private let observation: EngineObservation
    private let alerting: Alerting
    private let api: EngineAPI
    private var parts: Parts?
    private var isStopping = false

    private struct Parts: Sendable {
        /// In the order in which they are told to stop.
        var services: [any EngineService]
        var sessions: [PostgresSession]
    }

    /// - Parameter uptime: what the limits of the API count by.
    package init(
        _ settings: EngineSettings, log: EngineLog,
        uptime: @escaping @Sendable () -> Duration = RateLimiter.uptime
    ) {
        self.settings = settings
        self.log = log
        breakers = BreakerBoard(
            policy: settings.breakerPolicy,
            keys: [DeadLetterMessage.breakerKey]
                + (settings.apply.internalTopics == nil ? [] : InternalTopics.breakerKeys),
            now: settings.apply.now)
        let observation = EngineObservation(
            settings, alerts: alerts, breakers: breakers, log: log)
        self.observation = observation
        alerting = Alerting(
            settings, breakers: breakers, board: alerts,
            broker: { observation.brokerLoss }, log: log)
        api = EngineAPI(settings, log: log, uptime: uptime)
    }

    /// Where it serves `/metrics` and `/health`; nil where it does not.
    package nonisolated var http: HTTPPlace? { observation.http }

    /// False once its consumer is stuck: a restart helps then, and only then.
    package nonisolated var isAlive: Bool { observation.isAlive }

    /// Runs until `stop`, then drains: the batch in hand is finished, partitions are handed over.
    ///
    /// Throws what makes starting impossible: Kafka settings that are not valid, a schema that this
    /// build cannot work with. Servers that are away are waited for.
    ///
    /// - Parameter admission: asked before the engine begins to work, while it can be looked at
    ///   already; false ends it.
    package func run(after admission: @Sendable () async throws -> Bool = { true }) async throws {
        // From its first second it can be looked at, and says whom it cannot reach.
        let watching =
            observation.services(settings, api: api, log: log) + [alerting.watch]
        async let watched: Void = Self.run(watching)
        do {
            if try await admission() { try await work() }
        } catch {
            for service in watching { await service.stop() }
            await watched
            await api.close()
            throw error
        }
        for service in watching { await service.stop() }
        await watched
        await api.close()
    }

    private static func run(_ services: [any EngineService]) async {
        await withTaskGroup(of: Void.self) { group in
            for service in services { group.addTask { await service.run() } }
        }
    }

    private func work() async throws {
        let vitalSession = PostgresSession(settings.database)
        let registration = EngineRegistration(
            identity: settings.identity, session: vitalSession, log: log)
        let engineID = try await registration.register { await self.isStopping }
        guard !isStopping else {
            await registration.sayGoodbye(engineID)
            await vitalSession.close()
            return
        }
        let parts = try start(engineID: engineID, vitalSession: vitalSession)
        self.parts = parts
        log(.notice, "engine", "engine \(engineID) runs\(http?.state.words ?? "")")
        if let warning = ScheduleEntry.warning(about: settings.schedule) {
            log(.warning, "schedule", warning)
        }
        await Self.run(parts.services)
        await registration.sayGoodbye(engineID)
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
        observation.engineDrains()
        guard let parts else { return }
        for service in parts.services { await service.stop() }
        // What waits for a lost database would wait for ever.
        let sessions = parts.sessions
        Task {
            try? await Task.sleep(for: .seconds(5))
            for session in sessions { await session.close() }
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
        let orders = OrderApplier.byTopic(settings)
        let kafka = try KafkaConsumer.start(
            settings: consuming, group: settings.group,
            topics: settings.topics + orders.keys.filter { !settings.topics.contains($0) },
            log: libraryLog)
        let observer = try KafkaObserver.start(settings: settings.kafka, log: libraryLog)
        let producer = try KafkaProducer.start(settings: producing, log: libraryLog)

        var patient = settings.database
        // The outbox waits for the broker within its transaction.
        patient.idleInTransactionTimeout = .seconds(90)
        let outboxSession = PostgresSession(patient)
        let outbox = OutboxPublisher(
            [DeadLetterMessage.breakerKey], session: outboxSession, producer: producer,
            breakers: breakers, log: log)
        let announcingSession = PostgresSession(patient)
        let announcer = try settings.apply.internalTopics.map { _ in
            OutboxPublisher(
                InternalTopics.breakerKeys, session: announcingSession,
                producer: try KafkaProducer.start(
                    settings: InternalTopics.producerSettings(producing), log: libraryLog),
                breakers: breakers, log: log)
        }
        let retrySession = ApplySession.make(settings.database)
        let retries = RetryWorker(
            context: settings.apply, session: retrySession, metrics: observation.metrics,
            log: log,
            wakeOutbox: { outbox.wake() })
        let takeoverSession = PostgresSession(settings.database)
        let applySessions = (0..<2).map { _ in ApplySession.make(settings.database) }
        let consumer = CatalogConsumer(
            settings: settings, engineID: engineID, consumer: kafka, observer: observer,
            session: takeoverSession, applySessions: applySessions, metrics: observation.metrics,
            log: log, others: orders,
            wakeRetries: { retries.wake() }, wakeOutbox: { outbox.wake() })
        let leaderSession = PostgresSession(settings.database)
        let leadership = Leadership(engineID: engineID, session: leaderSession, log: log)
        // Not the lease's own: a duty that takes long must not keep it from being renewed.
        let dutySession = PostgresSession(settings.database)
        let cleaningSession = PostgresSession(settings.database)
        let cleaning = CleanUp(session: cleaningSession, settings: settings.keeping, log: log)
        let schedule = ScheduleDuty(
            entries: settings.schedule,
            jobs: [ReconcileJob(), CleanUpJob(cleaning: cleaning), DetectDriftJob()],
            session: dutySession, log: log)
        let keepingSession = PostgresSession(settings.database)
        let telling = alerting.parts(engineID: engineID)
        let agentSession = PostgresSession(settings.database)
        let caller = AgentCaller(
            settings: settings.erp, session: agentSession, breakers: breakers,
            now: settings.apply.now, log: log)
        let jobs = JobParts(
            settings, engineID: engineID, caller: caller, breakers: breakers, log: log,
            wakeOutbox: { outbox.wake() })
        let duties: [any LeaderDuty] = [
            schedule,
            AuditSealing(session: keepingSession, log: log),
            SkippedGaps(session: keepingSession, log: log),
            SecondLooks(
                session: keepingSession, timeZone: settings.keeping.timeZone, log: log),
            AgentStatuses(session: keepingSession, settings: settings.erp, log: log),
        ]
        let leader = LeaderWorker(
            seat: leadership.seat, duties: duties + telling.duties + jobs.duties,
            log: log)
        let vitals = EngineVitals(
            settings: settings, engineID: engineID, session: vitalSession, consumer: consumer,
            kafka: kafka, observer: observer, breakers: breakers, observation: observation,
            log: log)
        let leaseSession = PostgresSession(settings.database)
        let runSession = ApplySession.makeForRuns(settings.database)
        let reconciliation = ReconciliationWorker(
            settings: settings.reconciliation, apply: settings.apply, engineID: engineID,
            control: leaseSession, work: runSession,
            stores: SourceStores(settings: settings.reconciliation.stores, breakers: breakers),
            compare: StagedComparison.compare(
                session: runSession, workFolder: settings.reconciliation.workFolder),
            log: log)
        let agentLanes = (0..<settings.agentReconciliation.lanes).map { _ in
            ApplySession.makeForRuns(settings.database)
        }
        let agentReconciliation = AgentReconciliationWorker(
            settings: settings.agentReconciliation, engineID: engineID,
            agent: caller, mappings: api.mappings, control: leaseSession, lanes: agentLanes,
            log: log)
        observation.engineRuns(
            EngineObservation.Parts(
                engineID: engineID, consumer: consumer, kafka: kafka, seat: leadership.seat))
        return Parts(
            services: [
                consumer, retries, outbox, vitals, reconciliation, agentReconciliation, leader,
                leadership,
            ] + telling.services + jobs.services + (announcer.map { [$0] } ?? []),
            sessions: applySessions + [
                takeoverSession, retrySession, outboxSession, vitalSession, leaseSession,
                runSession, leaderSession, dutySession, keepingSession, cleaningSession,
                announcingSession, agentSession,
            ] + agentLanes + telling.sessions + jobs.sessions)
    }
}
