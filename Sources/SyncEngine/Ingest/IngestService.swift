import Postgres
import Probes

/// Takes what agents send: settles, decides, writes, and says what became of each row.
///
/// A call is one transaction, a batch one for each 500 rows, in the order of their keys. Whatever was
/// answered as processed is committed. Repeating a call is harmless: what stands is skipped.
package struct IngestService: Sendable {
    /// At most, as things change.
    static let callRows = 500
    /// At most, in a batch.
    static let batchRows = 5_000
    /// The rows of one transaction: ten of the seed's chunks of 50, which would wait for the disk a
    /// hundred times a batch.
    static let transactionRows = 500
    /// How often a transaction is tried that had to give way to another.
    private static let tries = 4

    let pool: SessionPool
    let mappings: CodeMappings
    let now: @Sendable () -> Timestamp

    init(
        pool: SessionPool, mappings: CodeMappings,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.pool = pool
        self.mappings = mappings
        self.now = now
    }

    /// Connections on which every row is reached by its key, whatever the planner believes of the
    /// tables, and statements are planned once.
    static func pool(_ settings: PostgresSettings, connections: Int = 4) -> SessionPool {
        var settings = settings
        settings.applicationName += " ingest"
        return SessionPool(settings, connections: connections) { connection in
            try await connection.script(
                """
                SET plan_cache_mode = force_generic_plan; SET jit = off;
                SET enable_seqscan = off; SET enable_bitmapscan = off;
                SET enable_hashjoin = off; SET enable_mergejoin = off;
                SET enable_memoize = off
                """)
        }
    }

    /// - Throws: `PostgresError`; then nothing was written, or, of a batch, nothing was known to be.
    func items(
        _ call: IngestCall<ItemRow>, correlationID: String
    ) async throws -> IngestAnswer {
        try await take(call, as: ItemIngest(mappings: mappings), correlationID)
    }

    /// - Throws: as `items`.
    func stock(
        _ call: IngestCall<StockRow>, correlationID: String
    ) async throws -> IngestAnswer {
        try await take(call, as: StockIngest(warehouse: call.warehouse ?? ""), correlationID)
    }

    /// - Throws: as `items`.
    func warehouses(
        _ call: IngestCall<WarehouseRow>, correlationID: String
    ) async throws -> IngestAnswer {
        try await take(call, as: WarehouseIngest(), correlationID)
    }

    private func take<Kind: IngestKind>(
        _ call: IngestCall<Kind.Row>, as kind: Kind, _ correlationID: String
    ) async throws -> IngestAnswer {
        let began = ContinuousClock.now
        let (verdicts, rows) = IngestSettling.settle(call.rows, now: now())
        let settled = IngestLedger(verdicts: verdicts)
        let (ledger, isComplete) = try await pool.withConnection { connection in
            var ledger = settled
            let writer = IngestWriter(kind: kind, vendor: call.vendor, connection: connection)
            var start = 0
            repeat {
                let unit = Array(rows[start..<min(start + Self.transactionRows, rows.count)])
                start += unit.count
                let isLast = start >= rows.count
                do {
                    try await writer.write(unit, &ledger, tries: Self.tries) { ledger in
                        isLast
                            ? ledger.closing(
                                Kind.name, of: call.vendor, correlationID: correlationID,
                                took: .now - began) : []
                    }
                } catch  where start > unit.count {
                    // What went before is committed, and must be told.
                    ledger.settleRest()
                    return (ledger, false)
                }
            } while start < rows.count
            return (ledger, true)
        }
        let lines = zip(call.rows, ledger.verdicts).map {
            IngestAnswer.Line(key: $0.name, verdict: $1 ?? .notWritten)
        }
        return IngestAnswer(keyName: Kind.keyName, lines: lines, isComplete: isComplete)
    }
}
