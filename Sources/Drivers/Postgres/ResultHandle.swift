import CPostgres

/// Owns a `PGresult`.
///
/// Safe to share between threads: libpq documents results as read-only after their creation
/// (34.20, "Behavior in Threaded Programs"), and `deinit` runs once, after the last reader.
final class ResultHandle: @unchecked Sendable {
    let columns: [Column]
    let rowCount: Int
    private let pointer: OpaquePointer

    struct Column: Sendable {
        let name: String
        let type: UInt32
    }

    init(owning pointer: OpaquePointer) {
        self.pointer = pointer
        rowCount = Int(PQntuples(pointer))
        columns = (0..<PQnfields(pointer)).map { index in
            Column(
                name: PQfname(pointer, index).map { String(cString: $0) } ?? "",
                type: PQftype(pointer, index))
        }
    }

    deinit {
        PQclear(pointer)
    }

    var status: ExecStatusType { PQresultStatus(pointer) }

    /// Such as `INSERT 0 5` or `COMMIT`.
    var commandTag: String { PQcmdStatus(pointer).map { String(cString: $0) } ?? "" }

    /// The rows that the command touched, 0 where its tag has no count.
    var affectedRows: Int { PQcmdTuples(pointer).flatMap { Int(String(cString: $0)) } ?? 0 }

    /// The bytes of one cell in the binary form, nil for null. They live as long as the handle.
    func cell(row: Int, column: Int) -> UnsafeRawBufferPointer? {
        let (row, column) = (Int32(row), Int32(column))
        guard PQgetisnull(pointer, row, column) == 0 else { return nil }
        let length = Int(PQgetlength(pointer, row, column))
        return UnsafeRawBufferPointer(start: PQgetvalue(pointer, row, column), count: length)
    }

    /// One of the server's fields about an error or a notice (`DIAGNOSTIC_…`).
    func field(_ code: Int) -> String? { Self.field(code, of: pointer) }

    static func field(_ code: Int, of result: OpaquePointer?) -> String? {
        PQresultErrorField(result, Int32(code)).map { String(cString: $0) }
    }

    /// libpq's own words, for errors that did not come from the server.
    var errorMessage: String { PQresultErrorMessage(pointer).map { String(cString: $0) } ?? "" }
}
