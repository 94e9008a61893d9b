/// One row; its columns are read by name or by position from 0.
///
/// Every reader comes twice: `int("id")` throws for null, `int(ifPresent: "id")` returns nil.
/// All throw a decoding error if the column is absent or has a type that the reader does not know.
package struct PostgresRow: Sendable {
    let result: ResultHandle
    let index: Int

    /// Lends the binary form of a cell (nil for null) without copying it.
    package func withBytes<Result>(
        _ column: some PostgresColumnKey, _ body: (UnsafeRawBufferPointer?) throws -> Result
    ) throws -> Result {
        let cell = try cell(column)
        return try withExtendedLifetime(result) { try body(cell.bytes) }
    }

    package func isNull(_ column: some PostgresColumnKey) throws(PostgresError) -> Bool {
        try cell(column).bytes == nil
    }

    func cell(_ column: some PostgresColumnKey) throws(PostgresError) -> PostgresCell {
        guard let position = column.position(in: PostgresColumnNames(result: result)) else {
            throw PostgresError(.decoding, "there is no column \(column)")
        }
        return PostgresCell(
            name: result.columns[position].name, type: result.columns[position].type,
            bytes: result.cell(row: index, column: position))
    }

    /// Decodes a cell that is there; nil for null.
    func decode<Value>(
        _ column: some PostgresColumnKey,
        _ body: (PostgresCell, UnsafeRawBufferPointer) throws(PostgresError) -> Value
    ) throws(PostgresError) -> Value? {
        let cell = try cell(column)
        defer { withExtendedLifetime(result) {} }
        guard let bytes = cell.bytes else { return nil }
        return try body(cell, bytes)
    }

    func present<Value>(
        _ value: Value?, _ column: some PostgresColumnKey
    ) throws(PostgresError) -> Value {
        guard let value else { throw PostgresError(.decoding, "column \(column) is null") }
        return value
    }
}
