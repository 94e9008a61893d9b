import Postgres
import Probes

/// One small transaction of a pass: what it removed, and from where to go on.
struct KeepingStep: Sendable, Equatable {
    var removed: Int64
    /// Nil ends the pass.
    var position: String?
    /// What could not go, and why.
    var note: String?

    static let end = KeepingStep(removed: 0, position: nil, note: nil)
}

/// How a rule removes what is too old, a step at a time. Each step is called in a transaction.
protocol KeepingTask: Sendable {
    /// - Parameters:
    ///   - position: where the step before left off; empty at the beginning of a pass.
    ///   - before: what is older goes.
    func step(
        from position: String, before: Timestamp, _ connection: PostgresConnection
    ) async throws -> KeepingStep
}

/// Goes along a table by id; its statement looks at a window of rows.
struct WindowTask: KeepingTask {
    let sql: String
    var rows = 2_000

    func step(
        from position: String, before: Timestamp, _ connection: PostgresConnection
    ) async throws -> KeepingStep {
        let row = try await connection.query(
            sql, [.int(Int64(position) ?? 0), .timestamp(before.microseconds), .int(rows)]
        ).only()
        let removed = try row.int("removed")
        guard try row.bool(ifPresent: "has_more") == true, let last = try row.int(ifPresent: "last")
        else { return KeepingStep(removed: removed, position: nil, note: nil) }
        return KeepingStep(removed: removed, position: "\(last)", note: nil)
    }
}

/// Removes event ids by sweeping through their tables, some blocks at a time.
///
/// No index on the time is needed: a step reads two megabytes in the order of the disk, and a pass
/// a day reads each table once. An index would cost every applied event, for ever (docs/keeping.md).
struct ClaimSweep: KeepingTask {
    /// Of 8 KiB.
    var blocks: Int64 = 256

    func step(
        from position: String, before: Timestamp, _ connection: PostgresConnection
    ) async throws -> KeepingStep {
        let parts = position.split(separator: ":").map { Int64($0) ?? 0 }
        var (table, block) = (Int(parts.first ?? 0), parts.last ?? 0)
        let tables = try await connection.query(EngineSQL.keepClaimTables)
        while tables.indices.contains(table) {
            let size = try tables[table].int("blocks")
            guard block < size else {
                table += 1
                block = 0
                continue
            }
            let name = PostgresIdentifier.quoted(try tables[table].string("name"))
            // Block numbers are no parameters: the planner would not read by them.
            let removed = try await connection.query(
                "WITH gone AS (DELETE FROM \(name) WHERE ctid >= '(\(block),0)'::tid "
                    + "AND ctid < '(\(block + blocks),0)'::tid AND log_received_at < $1 "
                    + "RETURNING 1) SELECT count(*) FROM gone",
                [.timestamp(before.microseconds)], isPrepared: false
            ).only().int(0)
            return KeepingStep(
                removed: removed, position: "\(table):\(block + blocks)", note: nil)
        }
        return .end
    }
}
