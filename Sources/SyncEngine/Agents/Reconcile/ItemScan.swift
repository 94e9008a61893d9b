import Postgres
import Probes

/// Copies a vendor's items out of one snapshot of the database, in the order of their skus' bytes.
struct ItemScan: Sendable {
    let vendor: String
    let folder: String
    /// Items that could not be taken: they count as if ours were what the agent has, so that the
    /// same difference is not looked for again.
    var given: [Sku: String] = [:]

    struct Result: Sendable {
        var items: ItemSnapshot
        /// The database's clock when the items were looked at.
        var takenAt: Timestamp
    }

    /// Throws `PostgresError`, `StagingError`.
    func run(_ connection: PostgresConnection) async throws -> Result {
        var reader = ItemRowReader(given: given, builder: try ItemSnapshotBuilder(folder: folder))
        var takenAt = Timestamp(microseconds: 0)
        try await connection.transaction(mode: "ISOLATION LEVEL REPEATABLE READ READ ONLY") {
            connection in
            let scope = try await connection.query(EngineSQL.agentItemsScope, [.text(vendor)])
            takenAt = Timestamp(microseconds: try scope.only().timestamp(0))
            let query = "COPY (\(EngineSQL.agentItemsScan)\n) TO STDOUT (FORMAT binary)"
            try await connection.copyOut(query) { chunk in try reader.read(chunk) }
        }
        return Result(items: try reader.sealed(), takenAt: takenAt)
    }
}

/// Reads the rows of `agent_items_scan`.
private struct ItemRowReader: ~Copyable {
    private var builder: ItemSnapshotBuilder
    /// What is given and not yet written, the lowest last.
    private var given: [(sku: Sku, contentHash: String)]
    private var hasBegun = false

    init(given: [Sku: String], builder: consuming ItemSnapshotBuilder) {
        self.builder = builder
        self.given = given.sorted { $1.key < $0.key }.map { ($0.key, $0.value) }
    }

    mutating func read(_ chunk: [UInt8]) throws(StagingError) {
        var position = 0
        if !hasBegun {
            hasBegun = true
            guard let start = BinaryFields.firstRow(in: chunk) else { throw .unreadableCatalog }
            position = start
        }
        while position < chunk.count, let row = try Self.row(in: chunk, &position) {
            try take(chunk[row.sku], chunk[row.contentHash])
        }
    }

    consuming func sealed() throws(StagingError) -> ItemSnapshot {
        while let next = given.popLast() {
            try builder.append(sku: next.sku.bytes, contentHash: next.contentHash.utf8)
        }
        return try builder.sealed()
    }

    private mutating func take(
        _ sku: ArraySlice<UInt8>, _ contentHash: ArraySlice<UInt8>
    ) throws(StagingError) {
        while let next = given.last, next.sku.bytes.lexicographicallyPrecedes(sku) {
            try builder.append(sku: next.sku.bytes, contentHash: next.contentHash.utf8)
            given.removeLast()
        }
        if let next = given.last, next.sku.bytes.elementsEqual(sku) {
            try builder.append(sku: sku, contentHash: next.contentHash.utf8)
            given.removeLast()
        } else {
            try builder.append(sku: sku, contentHash: contentHash)
        }
    }

    /// Where the fields of the next row stand; nil at the end of the rows.
    private static func row(
        in chunk: [UInt8], _ position: inout Int
    ) throws(StagingError) -> (sku: Range<Int>, contentHash: Range<Int>)? {
        var place = position
        let row = chunk.withUnsafeBytes { bytes -> (sku: Range<Int>, contentHash: Range<Int>)?? in
            var fields = BinaryFields(bytes, from: place)
            guard let count = fields.columnCount() else { return nil }
            if count == -1 { return .some(nil) }
            guard count == 2, let sku = fields.next() else { return nil }
            let skuEnd = fields.position
            guard let contentHash = fields.next() else { return nil }
            place = fields.position
            return (skuEnd - sku.count..<skuEnd, place - contentHash.count..<place)
        }
        guard let row else { throw .unreadableCatalog }
        position = place
        return row
    }
}
