import Postgres

/// Warehouses: they need nothing but themselves.
struct WarehouseIngest: IngestKind {
    static let name = "warehouses"
    static let keyName = "erpWarehouseId"

    func plan(
        _ rows: [IngestSettling.Placed<WarehouseRow>], of vendor: String,
        on connection: PostgresConnection
    ) async throws(PostgresError) -> IngestPlan<WarehouseRow, Void> {
        let answer = try await connection.query(
            EngineSQL.ingestWarehousesRead,
            [.text(vendor), .textArray(rows.map(\.row.key.text))])
        let standing = try StandingRow.read(answer, count: rows.count)
        return IngestPlan(rows, standing: standing) { _, _ in .success(()) }
    }

    func writing(
        _ writes: [IngestPlan<WarehouseRow, Void>.Write], of vendor: String
    ) -> PostgresStatement {
        PostgresStatement(
            EngineSQL.ingestWarehousesWrite,
            [
                .text(vendor), .textArray(writes.map(\.row.key.text)),
                .textArray(writes.map(\.row.name)), .textArray(writes.map(\.row.address)),
                .boolArray(writes.map(\.row.isActive)), .textArray(writes.map(\.row.contentHash)),
                .timestampArray(writes.map(\.row.timestamp.microseconds)),
            ])
    }

    func isAnswer(
        _ answer: PostgresRow, to write: IngestPlan<WarehouseRow, Void>.Write
    ) throws(PostgresError) -> Bool {
        ExactText(try answer.string(0)) == write.row.key
    }
}
