import Postgres
import Probes

extension Operations {
    /// Asks the leading engine to clean up now, and not when it is next due.
    package func requestCleanUp(
        _ rules: [KeepingRule], reason: String
    ) async throws -> OperationReport {
        let person = operatorIdentity.name
        return try await each(
            rules.map { ($0.rawValue, $0) }, action: "keeping.run", type: "keeping",
            reason: reason, needing: .admin
        ) { connection, rule, _ in
            try await connection.query(
                EngineSQL.keepRequest, [.textArray([rule.rawValue]), .text(person)])
            guard try await connection.query(EngineSQL.keepPlan).first != nil else {
                return Verdict(
                    result: .done,
                    message: "noted: it goes when an engine leads whose schedule has a clean_up")
            }
            try await connection.query(
                EngineSQL.keepRequestJob, [.text(person), .text(reason)])
            return Verdict(result: .done, message: "asked: the leading engine begins in seconds")
        }
    }
}
