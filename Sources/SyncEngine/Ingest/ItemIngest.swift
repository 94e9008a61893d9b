import Postgres

/// Items: their codes are mapped.
struct ItemIngest: IngestKind {
    static let name = "items"
    static let keyName = "sku"

    let mappings: CodeMappings

    func plan(
        _ rows: [IngestSettling.Placed<ItemRow>], of vendor: String,
        on connection: PostgresConnection
    ) async throws(PostgresError) -> IngestPlan<ItemRow, ItemCodes> {
        let answer = try await connection.query(
            EngineSQL.ingestItemsRead,
            [.text(vendor), .textArray(rows.map(\.row.key.text))])
        let standing = try StandingRow.read(answer, count: rows.count)
        let known = try await mappings.resolve(
            ItemCodes.codes(of: rows.lazy.map(\.row)), of: vendor, on: connection)
        return IngestPlan(rows, standing: standing) { row, _ in ItemCodes.resolve(row, known) }
    }

    func writing(
        _ writes: [IngestPlan<ItemRow, ItemCodes>.Write], of vendor: String
    ) -> PostgresStatement {
        PostgresStatement(
            EngineSQL.ingestItemsWrite,
            [
                .text(vendor), .textArray(writes.map(\.row.key.text)),
                .textArray(writes.map(\.row.name)), .textArray(writes.map(\.row.description)),
                .textArray(writes.map(\.row.barcode)), .textArray(writes.map(\.row.unit)),
                .textArray(writes.map(\.found.unit)), .textArray(writes.map(\.row.vat)),
                .textArray(writes.map(\.found.vat)), .textArray(writes.map(\.row.family)),
                .textArray(writes.map(\.found.family)), .textArray(writes.map(\.row.subfamily)),
                .textArray(writes.map(\.found.subfamily)),
                .textArray(writes.map(\.row.unitPrice)), .textArray(writes.map(\.row.currency)),
                .boolArray(writes.map(\.row.isActive)),
                .textArray(writes.map(\.row.contentHash)),
                .timestampArray(writes.map(\.row.timestamp.microseconds)),
            ])
    }

    func isAnswer(
        _ answer: PostgresRow, to write: IngestPlan<ItemRow, ItemCodes>.Write
    ) throws(PostgresError) -> Bool {
        ExactText(try answer.string(0)) == write.row.key
    }
}
