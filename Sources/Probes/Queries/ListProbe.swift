import Postgres

/// A list whose rows have ids: its pages, searches in it and single rows are all read by the same
/// five statements.
///
/// All functions throw `PostgresError`, and those with a filter `FilterError`.
package protocol ListProbe: Sendable {
    associatedtype Row: Filterable & Sendable

    var connection: PostgresConnection { get }
    /// What ages in filters are counted from.
    var now: Timestamp { get }

    static var statements: ListStatements { get }

    /// What `statements.rows` has answered.
    static func decoded(_ rows: PostgresRows) throws -> [Row]
}

/// The statements of a list, as they stand in `SQL/`.
package struct ListStatements: Sendable {
    /// The ids of a page without a filter, in the order of that list.
    var firstIDs: String
    /// Those that a filter selects, newest first.
    var ids: String
    var count: String
    var rows: String
    /// What changes when the details of one do.
    var stamp: String
}

extension ListProbe {
    /// Without a filter in the list's own order, what asks for somebody first; with one, the newest
    /// first.
    package func list(_ filter: Filter<Row> = .all, limit: Int = 100) async throws -> Page<Row> {
        let ids =
            filter.isEmpty
            ? try ListQuery.ids(
                try await connection.query(Self.statements.firstIDs, [.int(limit)]))
            : try await search(filter, limit: limit)
        let rows = try await rows(ids)
        let query = ListQuery(connection: connection, now: now)
        let matching = try await query.matching(
            Self.statements.count, filter, shown: rows.count, limit: limit)
        return Page(rows: rows, matching: matching)
    }

    /// The ids of everything that the filter selects, newest first.
    package func ids(_ filter: Filter<Row>) async throws -> [Int64] {
        try await search(filter, limit: nil)
    }

    /// Rows by id, in that order; ids that do not exist are left out.
    package func rows(_ ids: [Int64]) async throws -> [Row] {
        guard !ids.isEmpty else { return [] }
        return try Self.decoded(
            try await connection.query(Self.statements.rows, [.int64Array(ids)]))
    }

    /// What changes when the details do; nil if there is no such row.
    func stamp(_ id: Int64) async throws -> String? {
        try await connection.query(Self.statements.stamp, [.int(id)]).first?.string(0)
    }

    private func search(_ filter: Filter<Row>, limit: Int?) async throws -> [Int64] {
        let query = ListQuery(connection: connection, now: now)
        return try ListQuery.ids(
            try await query.rows(
                Self.statements.ids, [.int(ifPresent: limit.map(Int64.init))], filter))
    }
}
