import Postgres

/// A row that could not be taken, as `sync_bad_rows` keeps it: what is wrong with it, or with what
/// it asks for.
struct RowFailure: Sendable, Equatable {
    var line: Int64
    var code: String?
    /// In snake_case.
    var reason: String
    var message: String
    /// The row as it stands in the file, at most 64 KiB; empty where the file itself is at hand.
    var raw: [UInt8] = []

    static func insert(_ failures: some Collection<RowFailure>, run: Int64) -> PostgresStatement {
        PostgresStatement(
            EngineSQL.badRowsInsert,
            [
                .int(run), .int64Array(failures.map(\.line)), .textArray(failures.map(\.code)),
                .textArray(failures.map(\.reason)), .textArray(failures.map(\.message)),
                .byteaArray(failures.map(\.raw)),
            ])
    }
}
