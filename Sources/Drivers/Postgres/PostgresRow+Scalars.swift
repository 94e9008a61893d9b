extension PostgresRow {
    /// From `smallint`, `integer`, `bigint` or `oid`.
    package func int(_ column: some PostgresColumnKey) throws(PostgresError) -> Int64 {
        try present(int(ifPresent: column), column)
    }

    package func int(ifPresent column: some PostgresColumnKey) throws(PostgresError) -> Int64? {
        try decode(column) { (cell, bytes) throws(PostgresError) in try cell.integer(bytes) }
    }

    /// Like `int`, for another width; throws if the number does not fit.
    package func int<Number: FixedWidthInteger>(
        _ column: some PostgresColumnKey, as type: Number.Type
    ) throws(PostgresError) -> Number {
        guard let number = Number(exactly: try int(column)) else {
            throw PostgresError(.decoding, "column \(column) does not fit into \(type)")
        }
        return number
    }

    /// From `real`, `double precision`, `numeric` or an integer.
    package func double(_ column: some PostgresColumnKey) throws(PostgresError) -> Double {
        try present(double(ifPresent: column), column)
    }

    package func double(ifPresent column: some PostgresColumnKey) throws(PostgresError) -> Double? {
        try decode(column) { (cell, bytes) throws(PostgresError) in try cell.double(bytes) }
    }

    package func bool(_ column: some PostgresColumnKey) throws(PostgresError) -> Bool {
        try present(bool(ifPresent: column), column)
    }

    package func bool(ifPresent column: some PostgresColumnKey) throws(PostgresError) -> Bool? {
        try decode(column) { (cell, bytes) throws(PostgresError) in try cell.boolean(bytes) }
    }

    /// From every text type, `json`, `jsonb`, `numeric`, `uuid`, `date` (ISO 8601), integers and
    /// types made in the database, such as enums. Cast others to `text` in the statement.
    package func string(_ column: some PostgresColumnKey) throws(PostgresError) -> String {
        try present(string(ifPresent: column), column)
    }

    package func string(ifPresent column: some PostgresColumnKey) throws(PostgresError) -> String? {
        try decode(column) { (cell, bytes) throws(PostgresError) in try cell.string(bytes) }
    }

    /// A `bytea`, or the UTF-8 of a text type, `json` or `jsonb`.
    package func bytes(_ column: some PostgresColumnKey) throws(PostgresError) -> [UInt8] {
        try present(bytes(ifPresent: column), column)
    }

    package func bytes(
        ifPresent column: some PostgresColumnKey
    ) throws(PostgresError) -> [UInt8]? {
        try decode(column) { (cell, bytes) throws(PostgresError) in
            Array(try cell.content(bytes))
        }
    }

    /// Microseconds since the Unix epoch, from `timestamptz` (or `timestamp`, taken as UTC);
    /// `Int64.max` and `.min` are the infinities.
    package func timestamp(_ column: some PostgresColumnKey) throws(PostgresError) -> Int64 {
        try present(timestamp(ifPresent: column), column)
    }

    package func timestamp(
        ifPresent column: some PostgresColumnKey
    ) throws(PostgresError) -> Int64? {
        try decode(column) { (cell, bytes) throws(PostgresError) in try cell.timestamp(bytes) }
    }

    /// Days since 1970-01-01, from `date`.
    package func days(_ column: some PostgresColumnKey) throws(PostgresError) -> Int {
        try present(days(ifPresent: column), column)
    }

    package func days(ifPresent column: some PostgresColumnKey) throws(PostgresError) -> Int? {
        try decode(column) { (cell, bytes) throws(PostgresError) in try cell.days(bytes) }
    }
}
