import Postgres
import Probes

/// Looks after jobs that nobody looks after: those of engines that are gone, those whose callback is
/// overdue, and those that nobody needs any more.
///
/// Flows in: rows of `sync_jobs` and the engines' signs of life. Flows out: rows, dead letters.
struct JobSweep: LeaderDuty {
    private static let mostAtOnce = 500
    /// How long a leader leads before it takes an engine that is silent for gone: while the database
    /// was away, nobody could show a sign of life, and a session comes back within ten seconds.
    private static let patience: Duration = .seconds(15)

    let name = "jobs"
    let interval: Duration
    let settings: JobSettings
    let session: PostgresSession
    let deadLetterTopic: String
    let now: @Sendable () -> Timestamp
    let random: @Sendable () -> Double
    let log: EngineLog
    let wakeOutbox: @Sendable () -> Void
    let terms: TermClock

    func carryOut(_ term: LeaderTerm) async throws {
        try await rescue(term)
        try await decide(EngineSQL.jobOverdue, .callbackMissing, term)
        try await decide(EngineSQL.jobExpired, .expired, term)
    }

    private func rescue(_ term: LeaderTerm) async throws {
        let silence = settings.engineSilence
        let isPatient = terms.age(of: term) < min(silence, Self.patience)
        let abandoned = AbandonedJobs(
            rules: JobRules(settings: settings, now: now(), jitter: random()),
            deadLetterTopic: deadLetterTopic, again: .zero)
        let rescued = try await session.withConnection(patience: .seconds(5)) { connection in
            try await connection.transaction { connection in
                let bounds: [PostgresValue] = [
                    .double(ifPresent: isPatient ? nil : silence / .seconds(1)),
                    .int(Self.mostAtOnce),
                ]
                let rows = try await connection.query(EngineSQL.jobRescue, bounds)
                let jobs = try await abandoned.giveBack(rows, on: connection)
                try await connection.query(EngineSQL.jobCallsAbandoned, bounds)
                try await Leadership.check(term, connection)
                return jobs
            }
        }
        for job in rescued {
            log(
                .notice, name, "job \(job.id) is taken back from an engine that is gone",
                job.logFields)
        }
    }

    private func decide(
        _ sql: String, _ event: JobRules.Event, _ term: LeaderTerm
    ) async throws {
        let rules = JobRules(settings: settings, now: now(), jitter: random())
        let topic = deadLetterTopic
        let hasLetters = try await session.withConnection(patience: .seconds(5)) { connection in
            try await connection.transaction { connection in
                var books = JobBooks(deadLetterTopic: topic)
                for row in try await connection.query(sql, [.int(Self.mostAtOnce)]) {
                    let job = try JobRecord(row: row)
                    books.add(job, rules.step(job, after: event))
                }
                guard !books.isEmpty else { return false }
                try await connection.pipeline(books.statements)
                try await Leadership.check(term, connection)
                return books.hasLetters
            }
        }
        if hasLetters { wakeOutbox() }
    }
}
