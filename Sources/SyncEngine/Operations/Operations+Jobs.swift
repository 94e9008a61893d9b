import Postgres
import Probes

extension Operations {
    /// Makes jobs due now: those that wait, and those that failed, through their dead letters.
    package func retryJobs(_ ids: [Int64], reason: String? = nil) async throws -> OperationReport {
        let erp = erp
        let person = operatorIdentity.name
        return try await each(
            ids.map { (String($0), $0) }, action: "job.retry", type: "job", reason: reason
        ) { connection, id, _ in
            guard let job = try await Self.job(id, connection) else {
                return .refused("there is no job \(id)")
            }
            switch job.status {
            case .completed, .cancelled:
                return .refused("job \(id) is \(job.status.rawValue)", entityID: job.uniqueKey)
            case .processing:
                return .refused(
                    job.isInHand
                        ? "job \(id) is being called just now"
                        : "the agent has taken job \(id), and its callback is waited for",
                    entityID: job.uniqueKey)
            case .failed:
                guard let row = try await connection.query(EngineSQL.jobLetter, [.int(id)]).first,
                    let letter = try await Self.letter(try row.int(0), connection)
                else { return .refused("job \(id) has no open letter", entityID: job.uniqueKey) }
                return try await Self.retryForVendor(
                    letter, payload: nil, by: person, erp, connection)
            case .pending:
                try await connection.query(EngineSQL.jobNow, [.int(id)])
                return Verdict(
                    result: .done, message: "due now", entityID: job.uniqueKey,
                    correlationID: job.correlationID)
            }
        }
    }

    /// Ends jobs that need not be done: at once, or, while one is in hand, when its call has ended.
    package func cancelJobs(_ ids: [Int64], reason: String) async throws -> OperationReport {
        let topic = context.deadLetterTopic
        let person = operatorIdentity.name
        return try await each(
            ids.map { (String($0), $0) }, action: "job.cancel", type: "job", reason: reason
        ) { connection, id, _ in
            guard let job = try await Self.job(id, connection) else {
                return .refused("there is no job \(id)")
            }
            guard job.isUnfinished else {
                return .refused("job \(id) is \(job.status.rawValue)", entityID: job.uniqueKey)
            }
            var verdict = Verdict(
                result: .done, message: "cancelled", entityID: job.uniqueKey,
                correlationID: job.correlationID)
            guard !job.isInHand else {
                try await connection.query(
                    EngineSQL.jobAskCancel, [.int(id), .text(person), .text(reason)])
                verdict.message = "is being called just now: it is cancelled when that has ended"
                return verdict
            }
            var books = JobBooks(deadLetterTopic: topic)
            books.add(job, .cancel("cancelled by \(person): \(reason)"))
            try await connection.pipeline(books.statements)
            if job.waitsForCallback {
                verdict.message = "cancelled; the agent had taken it, and may still do it"
            }
            return verdict
        }
    }

    /// Locked.
    private static func job(
        _ id: Int64, _ connection: PostgresConnection
    ) async throws -> JobRecord? {
        try await connection.query(EngineSQL.jobFamily, [.int(id)])
            .map { try JobRecord(row: $0) }.first { $0.id == id }
    }
}
