import Postgres
import Probes

/// Everything that a person may do, each rule once: who may, is it still pending, write the audit
/// row. The screen and the command line call the same functions.
///
/// Each target is decided in a transaction of its own, together with its audit row: a bulk
/// operation that is cut off has done what its report says, and nothing half.
package actor Operations {
    let session: PostgresSession
    let operatorIdentity: Operator
    let context: ApplyContext
    /// For letters of vendors' flows, and their jobs.
    let erp: ERPSettings
    /// How long a lost database is waited for before the operation fails.
    let patience: Duration
    let log: EngineLog
    var ids = IDPool()

    package init(
        settings: PostgresSettings, operator operatorIdentity: Operator, context: ApplyContext,
        erp: ERPSettings = ERPSettings(), patience: Duration = .seconds(3), log: EngineLog = .silent
    ) {
        session = PostgresSession(settings)
        self.operatorIdentity = operatorIdentity
        self.context = context
        self.erp = erp
        self.patience = patience
        self.log = log
    }

    /// For one of many operators that share a connection; whoever made it closes it.
    init(
        session: PostgresSession, operator operatorIdentity: Operator, context: ApplyContext,
        erp: ERPSettings, patience: Duration = .seconds(3), log: EngineLog
    ) {
        self.session = session
        self.operatorIdentity = operatorIdentity
        self.context = context
        self.erp = erp
        self.patience = patience
        self.log = log
    }

    /// Ends the connection.
    package func close() async {
        await session.close()
    }

    /// What one target came to, before it is written to the audit trail.
    struct Verdict: Sendable {
        var result: OperationReport.Result
        var message: String
        var entityID: String?
        var details: JSONValue = .object([])
        /// Of what the target came from.
        var correlationID: String?

        static func refused(_ message: String, entityID: String? = nil) -> Verdict {
            Verdict(result: .refused, message: message, entityID: entityID)
        }
    }

    /// Ends a dry run's transaction, which is rolled back.
    private struct DryRunEnd: Error {
        var verdict: Verdict
    }

    /// What a refused person is told.
    func refusal(needing role: Operator.Role) -> String? {
        operatorIdentity.role >= role
            ? nil
            : "\(operatorIdentity.name) is \(operatorIdentity.role.rawValue); "
                + "this needs \(role.rawValue)"
    }

    /// Decides targets one by one. A refusal is audited too; a failure of the database is reported.
    ///
    /// Throws `PostgresError` of the kind `connection` if the database cannot be reached at all; if
    /// it is lost on the way, the report says what was done, and the rest has failed.
    ///
    /// - Parameter isDryRun: everything is rolled back and leaves no trace, not even in the trail.
    func each<Target: Sendable>(
        _ targets: [(name: String, target: Target)], action: String, type: String,
        reason: String?, needing role: Operator.Role = .operator, isDryRun: Bool = false,
        _ decide: @Sendable (PostgresConnection, Target, inout IDPool) async throws -> Verdict
    ) async throws -> OperationReport {
        var report = OperationReport()
        let forbidden = refusal(needing: role)
        for (id, target) in targets {
            // Taken out while it is in use: another operation may run on this actor meanwhile, and
            // no id may be used twice. What it leaves is kept.
            var pool = ids
            ids = IDPool()
            defer { ids.take(pool) }
            do {
                let verdict = try await session.withConnection(patience: patience) { connection in
                    do {
                        return try await connection.transaction { connection in
                            let verdict =
                                if let forbidden {
                                    Verdict.refused(forbidden)
                                } else {
                                    try await decide(connection, target, &pool)
                                }
                            if isDryRun { throw DryRunEnd(verdict: verdict) }
                            try await self.audit(
                                [(id, verdict)], action: action, type: type, reason: reason,
                                connection)
                            return verdict
                        }
                    } catch let end as DryRunEnd {
                        return end.verdict
                    }
                }
                report.lines.append(
                    .init(id: id, result: verdict.result, message: verdict.message))
                if !isDryRun { write(verdict, of: id, action: action, type: type) }
            } catch let error as PostgresError
                where error.kind == .connection && report.lines.isEmpty
            {
                throw error
            } catch {
                report.lines.append(
                    .init(id: id, result: .failed, message: "\(error)"))
            }
        }
        return report
    }

    /// Writes what was decided to the log. What failed may have quoted a payload: the trail has it.
    func write(_ verdict: Verdict, of target: String, action: String, type: String) {
        let words = verdict.result == .failed ? "" : ": \(verdict.message)"
        log(
            verdict.result == .done ? .notice : .info, "operations",
            "\(action) \(target) \(verdict.result.rawValue)\(words)",
            [
                "correlation_id": verdict.correlationID,
                "\(type == "dead_letter" ? "letter" : type)_id": target,
                "operator": operatorIdentity.name,
            ])
    }

    /// Writes what was decided to the audit trail, a row for each target.
    func audit(
        _ decided: [(target: String, verdict: Verdict)], action: String, type: String,
        reason: String?, _ connection: PostgresConnection
    ) async throws(PostgresError) {
        try await Self.audit(
            decided, by: operatorIdentity, action: action, type: type, reason: reason, connection)
    }

    /// The same, where the engine acts in somebody's name, or in its own.
    static func audit(
        _ decided: [(target: String, verdict: Verdict)], by person: Operator, action: String,
        type: String, reason: String?, _ connection: PostgresConnection
    ) async throws(PostgresError) {
        var evidence: [JSONMember] = []
        for (key, value) in person.evidence.sorted(by: { $0.key < $1.key }) {
            evidence.append(JSONMember(key, .string(value)))
        }
        let details = decided.map { Self.details(of: $0.verdict) }
        try await connection.query(
            EngineSQL.auditInsert,
            [
                .text(person.name), .text(ifPresent: person.actingFor),
                .jsonb(ContentJSON.bytes(.object(evidence))),
                .text(person.role.rawValue), .text(action), .text(type),
                .textArray(decided.map(\.target)), .textArray(decided.map(\.verdict.entityID)),
                .textArray(decided.map(\.verdict.result.rawValue)), .text(ifPresent: reason),
                .jsonbArray(details),
            ])
    }

    private static func details(of verdict: Verdict) -> [UInt8] {
        guard case .object(var members) = verdict.details else {
            return ContentJSON.bytes(verdict.details)
        }
        members.append(JSONMember("message", .string(verdict.message)))
        if let id = verdict.correlationID {
            members.append(JSONMember("correlation_id", .string(id)))
        }
        return ContentJSON.bytes(.object(members))
    }
}
