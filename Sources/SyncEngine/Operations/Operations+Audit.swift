import Postgres
import Probes

extension Operations {
    /// Writes down that the trail was walked, and what that came to; anybody may.
    package func recordVerification(
        _ verification: AuditVerification
    ) async throws -> OperationReport {
        try await each(
            [(verification.head.map { String($0.prefix(16)) } ?? "-", verification)],
            action: "audit.verify", type: "audit", reason: nil, needing: .viewer
        ) { _, found, _ in
            Verdict(
                result: .done,
                message: found.fault?.message
                    ?? "\(found.sealedRows) rows in \(found.seals) seals are whole",
                details: [
                    "whole": .bool(found.isWhole), "head": .string(orNull: found.head),
                ])
        }
    }
}
