import Postgres

/// Looks at the jobs of the schedule, as the leader has planned them.
package struct ScheduleProbe: Sendable {
    let connection: PostgresConnection
    let now: Timestamp

    /// - Parameter now: what ages in filters are counted from.
    package init(_ connection: PostgresConnection, now: Timestamp = .now) {
        self.connection = connection
        self.now = now
    }

    /// What is due next first; paused and retired ones last. Throws `PostgresError`.
    package func list(
        _ filter: Filter<ScheduleRow> = .all, limit: Int = 100
    ) async throws -> Page<ScheduleRow> {
        let rows = try await connection.query(ProbeSQL.scheduleList).decoded(ScheduleRow.init)
        return Page(rows, filter, limit: limit, now: now)
    }
}

extension ScheduleRow {
    /// From a row of `schedule_list.sql`.
    init(_ columns: inout ColumnReader) throws {
        self.init(
            name: try columns.next(), job: try columns.next(), source: try columns.next(),
            cron: try columns.next(), timeZone: try columns.next(), state: try columns.next(),
            nextDueAt: try columns.next(), nextDueOffset: try columns.next(),
            lastDueAt: try columns.next(), lastStartedAt: try columns.next(),
            lastEndedAt: try columns.next(), lastResult: try columns.next(),
            lastMessage: try columns.next(), lastRunID: try columns.next(),
            missedTotal: try columns.next(), pausedAt: try columns.next(),
            pausedBy: try columns.next(), pausedReason: try columns.next(),
            requestedBy: try columns.next())
    }
}
