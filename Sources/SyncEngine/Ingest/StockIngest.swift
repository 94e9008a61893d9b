import Postgres

/// Stock of one warehouse: the warehouse and the items must be there.
struct StockIngest: IngestKind {
    static let name = "stock"
    static let keyName = "sku"

    struct Found: Sendable {
        var warehouse: Int64
        var item: Int64
    }

    /// The ERP's id.
    let warehouse: String

    func plan(
        _ rows: [IngestSettling.Placed<StockRow>], of vendor: String,
        on connection: PostgresConnection
    ) async throws(PostgresError) -> IngestPlan<StockRow, Found> {
        let answers = try await connection.pipeline([
            PostgresStatement(
                EngineSQL.ingestWarehouseFind, [.text(vendor), .text(warehouse)]),
            PostgresStatement(
                EngineSQL.ingestStockRead,
                [.text(vendor), .text(warehouse), .textArray(rows.map(\.row.key.text))]),
        ])
        var warehouseID: Int64?
        for row in answers[0] { warehouseID = try row.int(0) }
        var items = [Int64?](repeating: nil, count: rows.count)
        var standing = [StandingRow?](repeating: nil, count: rows.count)
        for row in answers[1] {
            let index = Int(try row.int(0)) - 1
            guard items.indices.contains(index) else {
                throw PostgresError(.decoding, "there is no row \(index)")
            }
            items[index] = try row.int(1)
            if let hash = try row.string(ifPresent: 2) {
                standing[index] = StandingRow(
                    contentHash: hash, timestamp: .init(microseconds: try row.timestamp(3)))
            }
        }
        return IngestPlan(rows, standing: standing) { row, index in
            guard let warehouseID else {
                return .failure(IngestFault(reason: "unknown_warehouse: \(warehouse)"))
            }
            guard let item = items[index] else {
                return .failure(IngestFault(reason: "unknown_item: \(row.key.text)"))
            }
            return .success(Found(warehouse: warehouseID, item: item))
        }
    }

    func writing(
        _ writes: [IngestPlan<StockRow, Found>.Write], of vendor: String
    ) -> PostgresStatement {
        PostgresStatement(
            EngineSQL.ingestStockWrite,
            [
                .text(vendor), .int(writes.first?.found.warehouse ?? 0),
                .int64Array(writes.map(\.found.item)), .textArray(writes.map(\.row.quantity)),
                .textArray(writes.map(\.row.reserved)), .textArray(writes.map(\.row.contentHash)),
                .timestampArray(writes.map(\.row.timestamp.microseconds)),
            ])
    }

    func isAnswer(
        _ answer: PostgresRow, to write: IngestPlan<StockRow, Found>.Write
    ) throws(PostgresError) -> Bool {
        try answer.int(0) == write.found.item
    }
}
