import Postgres

/// What the lists have in common: a page of rows and a count with a bound.
struct ListQuery {
    /// Counting stops here: beyond it only "more" is known.
    static let countingLimit = 10_000

    let connection: PostgresConnection
    let now: Timestamp

    /// Executes a statement whose own parameters come before those of the filter.
    func rows<Row>(
        _ sql: String, _ parameters: [PostgresValue], _ filter: Filter<Row>
    ) async throws -> PostgresRows {
        let condition = try filter.condition(at: now, firstParameter: parameters.count + 1)
        return try await connection.query(
            ProbeSQL.filtered(sql, by: condition), parameters + condition.parameters)
    }

    /// How many rows match; nil if that is more than the limit of counting.
    ///
    /// - Parameter shown: the rows that a page with room for `limit` has.
    func matching<Row>(
        _ sql: String, _ filter: Filter<Row>, shown: Int, limit: Int
    ) async throws -> Int? {
        // A page that is not full holds all of them.
        guard shown >= limit else { return shown }
        let bound = Self.countingLimit + 1
        let count = try await rows(sql, [.int(bound)], filter).only().int(0, as: Int.self)
        return count < bound ? count : nil
    }

    /// The ids in the first column.
    static func ids(_ rows: PostgresRows) throws(PostgresError) -> [Int64] {
        var ids: [Int64] = []
        ids.reserveCapacity(rows.count)
        for row in rows { ids.append(try row.int(0)) }
        return ids
    }
}

extension PostgresRows {
    /// Each row read into a value.
    func decoded<Value>(
        _ read: (inout ColumnReader) throws -> Value
    ) throws -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(count)
        for row in self {
            var columns = ColumnReader(row)
            values.append(try read(&columns))
        }
        return values
    }
}

extension PostgresError {
    /// The server gave up because the session's time for one question was over.
    var isStatementTimeout: Bool { sqlstate == "57014" }
}
