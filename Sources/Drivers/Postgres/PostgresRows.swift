/// The rows that a statement returned, in order. Shares the memory of the result: cheap to copy,
/// may cross threads.
package struct PostgresRows: RandomAccessCollection, Sendable {
    private let result: ResultHandle

    init(_ result: ResultHandle) {
        self.result = result
    }

    /// The rows that the command inserted, changed, deleted or returned.
    package var affected: Int { result.affectedRows }

    /// Such as `INSERT 0 5` or `COMMIT`.
    package var commandTag: String { result.commandTag }

    package var columnNames: [String] { result.columns.map(\.name) }

    package var startIndex: Int { 0 }
    package var endIndex: Int { result.rowCount }

    package subscript(position: Int) -> PostgresRow {
        PostgresRow(result: result, index: position)
    }

    /// The only row of a statement that returns exactly one.
    ///
    /// - Throws: a decoding error for none or several.
    package func only() throws(PostgresError) -> PostgresRow {
        guard count == 1 else { throw PostgresError(.decoding, "expected one row, got \(count)") }
        return self[0]
    }
}
