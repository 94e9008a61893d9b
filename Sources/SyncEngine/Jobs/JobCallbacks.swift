import Postgres
import Probes

/// Takes what agents say about jobs: once, twice, late, or before their own answer.
///
/// Flows in: callbacks. Flows out: rows. The job is locked, and whatever was decided of it before is
/// known; so the order in which a callback, the call's own answer and a deadline come does not matter.
package struct JobCallbacks: Sendable {
    package enum Answer: Sendable, Equatable {
        /// Taken; said again for a callback that comes again, which changes nothing more.
        case taken
        /// There is no such job, or it is another vendor's: nobody is told which.
        case forbidden
    }

    let settings: JobSettings
    let deadLetterTopic: String
    let now: @Sendable () -> Timestamp
    let random: @Sendable () -> Double
    let log: EngineLog

    package init(
        settings: JobSettings,
        deadLetterTopic: String = "dlq.failed_events",
        now: @escaping @Sendable () -> Timestamp = { .now },
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        log: EngineLog = .silent
    ) {
        self.settings = settings
        self.deadLetterTopic = deadLetterTopic
        self.now = now
        self.random = random
        self.log = log
    }

    /// - Parameter vendor: whose token came with it.
    /// - Throws: `PostgresError`; then nothing was kept, and the agent should say it again.
    package func take(
        _ callback: JobCallback, from vendor: String, on connection: PostgresConnection
    ) async throws -> Answer {
        let rules = JobRules(settings: settings, now: now(), jitter: random())
        let taken: Taken? = try await connection.transaction { connection in
            // Locked before its family is read: a retry that held it has made another member.
            let answers = try await connection.pipeline([
                PostgresStatement(EngineSQL.jobHold, [.int(callback.jobID)]),
                PostgresStatement(EngineSQL.jobFamily, [.int(callback.jobID)]),
            ])
            let family = try answers[1].map { try JobRecord(row: $0) }
            guard let job = family.first(where: { $0.id == callback.jobID }),
                job.vendor == vendor
            else { return nil }
            var books = JobBooks(deadLetterTopic: deadLetterTopic)
            var taken = Taken(
                words: Self.decide(callback, job, family, rules, &books),
                correlationID: job.correlationID)
            try await connection.pipeline(
                books.statements + Self.report(callback, isCounted: !books.isEmpty))
            if let other = try await Self.otherReference(callback, job, connection) {
                taken.words = "\(other): the ERP may have the order twice"
                taken.isDoubtful = true
            }
            return taken
        }
        log(
            taken?.isDoubtful == false ? .info : .warning, "jobs",
            "callback of \(vendor) for job \(callback.jobID), \(callback.status.rawValue): "
                + (taken?.words ?? "refused"),
            [
                "job_id": String(callback.jobID), "vendor": vendor,
                "correlation_id": taken?.correlationID,
            ])
        return taken == nil ? .forbidden : .taken
    }

    private struct Taken: Sendable {
        var words: String
        var correlationID: String
        var isDoubtful = false
    }

    /// A job that is done and is now said to be another order of the ERP's keeps the first reference,
    /// and says of itself that there is a second. Nil where there is none.
    private static func otherReference(
        _ callback: JobCallback, _ job: JobRecord, _ connection: PostgresConnection
    ) async throws -> String? {
        guard callback.status == .completed, job.status == .completed,
            let reference = callback.erpReference
        else { return nil }
        return try await connection.query(
            EngineSQL.jobOtherReference, [.int(job.id), .text(reference)]
        ).first?.string(0)
    }

    /// Keeps the words of a failure beside the call that they are about.
    private static func report(_ callback: JobCallback, isCounted: Bool) -> [PostgresStatement] {
        guard callback.status == .failed, isCounted || callback.attempt != nil else { return [] }
        return [
            PostgresStatement(
                EngineSQL.jobCallReport,
                [
                    .int(callback.jobID), .int(ifPresent: callback.attempt.map { Int64($0) }),
                    .text(failure(callback)),
                ])
        ]
    }

    private static func failure(_ callback: JobCallback) -> String {
        let words = OneLine.clean(callback.error ?? "", limit: 500)
        return words.isEmpty ? "the agent reports a failure" : words
    }

    private static func decide(
        _ callback: JobCallback, _ job: JobRecord, _ family: [JobRecord], _ rules: JobRules,
        _ books: inout JobBooks
    ) -> String {
        switch callback.status {
        case .completed:
            guard job.status != .completed else { return "was known already" }
            // What was made from its dead letter asks for the same thing under the same key: it is done,
            // however far that one has come.
            let heirs = family.filter { member in
                member.id != job.id && member.status != .completed
                    && member.idempotencyKey == job.idempotencyKey
            }
            for one in [job] + heirs {
                books.add(
                    one,
                    rules.step(
                        one,
                        after: .reportedDone(
                            reference: callback.erpReference, metadata: callback.metadata)))
            }
            return job.isUnfinished ? "completed" : "completed after it was \(job.status.rawValue)"
        case .failed:
            let words = Self.failure(callback)
            guard job.status == .processing else {
                return "changes nothing: \(job.status.rawValue)"
            }
            guard callback.attempt == nil || callback.attempt == job.attempts + 1 else {
                return "changes nothing: it speaks of an earlier call"
            }
            books.add(job, rules.step(job, after: .reportedFailed(words)))
            return "counted as an attempt"
        }
    }
}
