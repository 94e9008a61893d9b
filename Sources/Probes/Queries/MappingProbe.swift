import Postgres

/// Looks at vendors' codes in our words, and at those that have none.
package struct MappingProbe: Sendable {
    let connection: PostgresConnection
    let now: Timestamp

    /// - Parameter now: what ages in filters are counted from.
    package init(_ connection: PostgresConnection, now: Timestamp = .now) {
        self.connection = connection
        self.now = now
    }

    /// The codes without a word of ours first, of them the one seen most; then by vendor, type and
    /// code. Throws `PostgresError`, `FilterError`.
    package func list(
        _ filter: Filter<MappingRow> = .all, limit: Int = 100
    ) async throws -> Page<MappingRow> {
        let found = try await ListQuery(connection: connection, now: now).rows(
            ProbeSQL.mappingList, [.int(limit)], filter)
        let matching = try found.first?.int("matching", as: Int.self)
        return Page(rows: try found.decoded(MappingRow.init), matching: matching ?? 0)
    }
}

extension MappingRow {
    /// From a row of `mapping_list.sql`.
    init(_ columns: inout ColumnReader) throws {
        self.init(
            mappingID: try columns.next(), vendor: try columns.next(), type: try columns.next(),
            erpCode: try columns.next(), ourCode: try columns.next(), label: try columns.next(),
            state: try columns.next(), seen: try columns.next(), createdAt: try columns.next(),
            updatedAt: try columns.next())
    }
}
