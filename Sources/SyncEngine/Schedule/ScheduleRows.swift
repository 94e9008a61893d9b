import Postgres
import Probes

/// Reads and writes `schedule_entries`.
enum ScheduleRows {
    /// What is known of every job; locked until the end of the transaction if so asked.
    static func load(
        isLocking: Bool = false, _ connection: PostgresConnection
    ) async throws -> [ScheduleState] {
        let rows = try await connection.query(
            isLocking ? EngineSQL.scheduleLock : EngineSQL.scheduleLoad)
        return try rows.map { row throws(PostgresError) in try ScheduleState(row: row) }
    }

    static func store(_ states: [ScheduleState]) -> PostgresStatement {
        func moments(_ column: (ScheduleState) -> Timestamp?) -> PostgresValue {
            .timestampArray(states.map { column($0)?.microseconds })
        }
        return PostgresStatement(
            EngineSQL.scheduleStore,
            [
                .textArray(states.map(\.name)), .textArray(states.map(\.job)),
                .textArray(states.map(\.source)), .textArray(states.map(\.cron)),
                .textArray(states.map(\.timeZone)), moments(\.plannedAt), moments(\.nextDueAt),
                moments(\.lastDueAt), moments(\.lastStartedAt), moments(\.lastEndedAt),
                .textArray(states.map(\.lastResult?.rawValue)),
                .textArray(states.map(\.lastMessage)), .int64Array(states.map(\.lastRunID)),
                .int64Array(states.map(\.missedTotal)), .boolArray(states.map(\.isRetired)),
                moments(\.requestedAt), .textArray(states.map(\.requestedBy)),
                .textArray(states.map(\.requestedReason)),
                .int32Array(states.map(\.nextDueOffset)),
            ])
    }
}
