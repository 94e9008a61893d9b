import Postgres
import Probes

/// A short-lived engine that carries out one run and does nothing else: no Kafka, no retries.
///
/// It has a row in `engines` and holds the run by a lease as every engine does: of it and an engine
/// that comes to life meanwhile only one carries the run out, and one that is killed is succeeded.
package actor RunCarrier {
    private let runID: Int64
    private let identity: EngineIdentity
    private let settings: ReconciliationSettings
    private let apply: ApplyContext
    private let log: EngineLog
    private let control: PostgresSession
    private let work: PostgresSession
    private let wakeup = Wakeup()
    private var isStopping = false
    private var worker: ReconciliationWorker?

    /// - Parameter runID: the only run that it takes.
    package init(
        run runID: Int64, database: PostgresSettings, apply: ApplyContext,
        settings: ReconciliationSettings, identity: EngineIdentity, log: EngineLog
    ) {
        self.runID = runID
        self.identity = identity
        self.settings = settings
        self.apply = apply
        self.log = log
        control = PostgresSession(database)
        work = ApplySession.makeForRuns(database)
    }

    /// Runs until `stop`: a run that has not ended by then is handed over to the next engine.
    package func run() async throws {
        let registration = EngineRegistration(identity: identity, session: control, log: log)
        do {
            let engineID = try await registration.register { await self.isStopping }
            await carry(engineID)
            await registration.sayGoodbye(engineID)
        } catch {
            await close()
            throw error
        }
        await close()
    }

    package nonisolated func stop() {
        Task { await self.beginStop() }
    }

    private func beginStop() async {
        guard !isStopping else { return }
        isStopping = true
        wakeup.wake()
        await worker?.stop()
        // What waits for a lost database would wait for ever.
        Task {
            try? await Task.sleep(for: .seconds(5))
            await self.close()
        }
    }

    private func carry(_ engineID: Int64) async {
        guard !isStopping else { return }
        let worker = ReconciliationWorker(
            settings: settings, apply: apply, engineID: engineID, only: runID, control: control,
            work: work,
            stores: SourceStores(
                settings: settings.stores,
                breakers: BreakerBoard(policy: BreakerPolicy(), keys: [], now: apply.now)),
            compare: StagedComparison.compare(session: work, workFolder: settings.workFolder),
            log: log)
        self.worker = worker
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await worker.run() }
            group.addTask { await self.live(engineID) }
        }
    }

    /// Gives a sign of life once a second until `stop`.
    private func live(_ engineID: Int64) async {
        var outage = OutageLog(log, part: "engine", effect: "no sign of life stored")
        while !isStopping {
            do {
                try await control.withConnection(patience: .seconds(1)) { connection in
                    _ = try await connection.query(
                        EngineSQL.engineHeartbeat,
                        EngineHeartbeat(engineID: engineID).parameters)
                }
                outage.answered()
            } catch {
                outage.failed(error)
            }
            await wakeup.wait(atMost: .seconds(1))
        }
    }

    private func close() async {
        await control.close()
        await work.close()
    }
}
