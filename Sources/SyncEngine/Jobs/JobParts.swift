import Postgres

/// The parts of an engine that carry jobs out, put together.
struct JobParts: Sendable {
    let worker: JobWorker
    let services: [any EngineService]
    let duties: [any LeaderDuty]
    let sessions: [PostgresSession]

    init(
        _ settings: EngineSettings, engineID: Int64, caller: AgentCaller, breakers: BreakerBoard,
        log: EngineLog, wakeOutbox: @escaping @Sendable () -> Void
    ) {
        let context = settings.apply
        let claims = PostgresSession(settings.database)
        let calls = PostgresSession(settings.database)
        let sweeps = PostgresSession(settings.database)
        let carrier = JobCarrier(
            settings: settings.erp.jobs, engineID: engineID, session: calls, caller: caller,
            deadLetterTopic: context.deadLetterTopic, now: context.now, random: context.random,
            log: log, wakeOutbox: wakeOutbox)
        let worker = JobWorker(
            settings: settings.erp, engineID: engineID, session: claims, breakers: breakers,
            carrier: carrier,
            abandoned: {
                AbandonedJobs(
                    rules: JobRules(
                        settings: settings.erp.jobs, now: context.now(), jitter: context.random()),
                    deadLetterTopic: context.deadLetterTopic, again: settings.erp.jobs.backoff)
            }, log: log)
        self.worker = worker
        services = [worker, JobListener(settings.database, log: log) { worker.wake() }]
        duties = [
            JobSweep(
                interval: min(settings.erp.jobs.pollInterval, .seconds(2)),
                settings: settings.erp.jobs, session: sweeps,
                deadLetterTopic: context.deadLetterTopic, now: context.now,
                random: context.random, log: log, wakeOutbox: wakeOutbox, terms: TermClock())
        ]
        sessions = [claims, calls, sweeps]
    }
}
