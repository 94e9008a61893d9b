import Postgres

/// Looks at the circuit breakers of all engines.
package struct BreakerProbe: Sendable {
    let connection: PostgresConnection
    let now: Timestamp

    /// - Parameter now: what ages in filters are counted from.
    package init(_ connection: PostgresConnection, now: Timestamp = .now) {
        self.connection = connection
        self.now = now
    }

    /// Open ones first, then half-open ones. Throws `PostgresError`.
    package func list(
        _ filter: Filter<BreakerRow> = .all, limit: Int = 100
    ) async throws -> Page<BreakerRow> {
        let rows = try await connection.query(ProbeSQL.breakerList).decoded(BreakerRow.init)
        return Page(rows, filter, limit: limit, now: now)
    }
}

extension BreakerRow {
    /// From a row of `breaker_list.sql`.
    init(_ columns: inout ColumnReader) throws {
        self.init(
            key: try columns.next(), engineID: try columns.next(), engine: try columns.next(),
            state: try columns.next(), failurePercent: try columns.next(),
            calls: try columns.next(), isForced: try columns.next(),
            lastError: try columns.next(), openedAt: try columns.next(),
            retryAt: try columns.next(), changedAt: try columns.next(),
            isEngineLive: try columns.next(), failures: try columns.next(),
            lastFailures: BreakerFailure.list(storedText: try columns.next()),
            vendor: try columns.next())
    }
}

extension Page where Row: Filterable {
    /// The first rows that the filter selects among all there are.
    init(_ all: [Row], _ filter: Filter<Row>, limit: Int, now: Timestamp) {
        let matching = filter.isEmpty ? all : all.filter { filter.matches($0, at: now) }
        self.init(rows: Array(matching.prefix(limit)), matching: matching.count)
    }
}
