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

    /// `line` is 0 for a service that has none in the file.
    init(_ subject: ChunkSubject, reason: String, message: String) {
        self.init(
            line: subject.line ?? 0, code: subject.code, reason: reason, message: message)
    }

    init(line: Int64, code: String?, reason: String, message: String, raw: [UInt8] = []) {
        self.line = line
        self.code = code
        self.reason = reason
        self.message = message
        self.raw = raw
    }

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
