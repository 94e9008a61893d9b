import Postgres
import Probes

/// Decides some skus and writes what follows from it, together with the checkpoint behind them, in
/// one transaction: items, drift, what could not be taken, how far the run is.
///
/// In a dry run the items are written too, so that the database says what they would become, and are
/// taken back within the transaction.
struct ItemChunk: Sendable {
    let record: RunRecord
    let settings: AgentReconciliationSettings
    let mappings: CodeMappings
    let session: PostgresSession
    /// When the comparison looked at ours.
    let comparedAt: Timestamp

    private var vendor: String { record.run.source }

    /// - Parameters:
    ///   - state: as it stood before; what could not be taken earlier is known by it.
    ///   - next: the checkpoint behind the chunk, but for what the chunk counts.
    /// - Returns: `next` with the counts.
    /// - Throws: `RunEnd`, `PostgresError`.
    func carryOut(
        _ pairs: [ItemPair], _ state: AgentCheckpoint, next: AgentCheckpoint
    ) async throws -> AgentCheckpoint {
        do {
            return try await session.withConnection { connection in
                try await connection.transaction { connection in
                    try await self.transact(pairs, [:], state, next, connection)
                }
            }
        } catch let error as PostgresError where error.verdict == .row {
            // Found by halves, so that one item that the database refuses spoils no other.
            guard pairs.count > 1 else {
                let refused = pairs.first.map { [$0.sku: error.message] } ?? [:]
                return try await session.withConnection { connection in
                    try await connection.transaction { connection in
                        try await self.transact(pairs, refused, state, next, connection)
                    }
                }
            }
            let half = pairs.count / 2
            var between = state
            between.narrowing?.moved(to: pairs[half - 1].sku)
            let first = try await carryOut(Array(pairs[..<half]), state, next: between)
            var rest = next
            rest.counts = first.counts
            rest.failed = first.failed
            return try await carryOut(Array(pairs[half...]), first, next: rest)
        }
    }

    private func transact(
        _ pairs: [ItemPair], _ refused: [Sku: String], _ state: AgentCheckpoint,
        _ next: AgentCheckpoint, _ connection: PostgresConnection
    ) async throws -> AgentCheckpoint {
        let opening = try await connection.pipeline([
            record.guardStatement,
            PostgresStatement(
                EngineSQL.agentItemsLock, [.text(vendor), .textArray(pairs.map(\.sku.text))]),
        ])
        try RunRecord.check(opening[0])
        let standing = try StandingItem.read(opening[1])
        let rows = try await ReceivedItem.read(
            pairs.compactMap(\.theirs), refused: refused, vendor: vendor, mappings, connection)
        var work = ItemWork(record: record, next: next)
        for pair in pairs {
            let theirs = rows[pair.sku]
            let decision = ItemDecision.of(
                ours: standing[pair.sku]?.ours, theirs: theirs?.theirs, compared: pair.compared,
                comparedAt: comparedAt, failed: state.failed[pair.sku])
            work.take(decision, pair, standing[pair.sku], theirs)
        }
        if !record.run.isDryRun, !record.run.isAccepted {
            try AgentLimits.check(orphaned: work.next.counts.orphaned, state, settings)
        }
        try await work.write(connection)
        Failpoint.reach(.runBeforeChunkCommit)
        return work.next
    }
}

/// What the database has of an item.
struct StandingItem: Sendable {
    var ours: ItemDecision.Ours
    var rowVersion: Int64
    /// Its fields as JSON.
    var content: JSONValue

    /// Rows of `agent_items_lock`.
    static func read(_ rows: PostgresRows) throws -> [Sku: StandingItem] {
        var standing: [Sku: StandingItem] = [:]
        for row in rows {
            standing[Sku(try row.string("sku"))] = StandingItem(
                ours: ItemDecision.Ours(
                    contentHash: try row.string("content_hash"),
                    timestamp: Timestamp(microseconds: try row.timestamp("erp_timestamp")),
                    syncedAt: Timestamp(microseconds: try row.timestamp("last_synced_at")),
                    isRemoved: try row.bool("removed")),
                rowVersion: try row.int("row_version"), content: try content(row))
        }
        return standing
    }

    static func content(_ row: PostgresRow) throws -> JSONValue {
        JSONValue(try JSONDocument(try row.bytes("content")).root)
    }
}

/// What the agent says of an item, by the rules of ingest.
struct ReceivedItem: Sendable {
    var theirs: ItemDecision.Theirs
    /// Nil where it cannot be taken.
    var taken: (row: ItemRow, codes: ItemCodes)?
    /// Codes for want of which it cannot.
    var unmapped: [ERPCode] = []

    static func read(
        _ items: [ItemsAnswer.Item], refused: [Sku: String], vendor: String,
        _ mappings: CodeMappings, _ connection: PostgresConnection
    ) async throws -> [Sku: ReceivedItem] {
        var received: [Sku: ReceivedItem] = [:]
        var rows: [(sku: Sku, row: ItemRow)] = []
        for item in items {
            do throws(IngestFault) {
                rows.append((item.sku, try ItemRow(item.value)))
            } catch {
                received[item.sku] = ReceivedItem(theirs: .unreadable(item.value, error))
            }
        }
        let latest = Timestamp.now.advanced(by: IngestSettling.patience)
        let codes = try await mappings.resolve(
            ItemCodes.codes(of: rows.map(\.row)), of: vendor, on: connection)
        for (sku, row) in rows {
            var one = ReceivedItem(
                theirs: ItemDecision.Theirs(
                    contentHash: row.contentHash, timestamp: row.timestamp))
            switch ItemCodes.resolve(row, codes) {
            case _ where refused[sku] != nil:
                one.theirs.fault = "write_refused: \(refused[sku] ?? "")"
            case _ where row.timestamp > latest: one.theirs.fault = "timestamp_in_future"
            case .success(let codes): one.taken = (row, codes)
            case .failure(let fault):
                one.theirs.fault = fault.reason
                one.unmapped = fault.unmapped
            }
            received[sku] = one
        }
        return received
    }
}

extension ItemDecision.Theirs {
    /// Of an item that is none: what can be read of it says whether it is the same next time.
    fileprivate static func unreadable(_ value: JSONCursor, _ fault: IngestFault) -> Self {
        ItemDecision.Theirs(
            // One that is none is not kept: it may be of any length, or what no column can hold.
            contentHash: (try? IngestField.hash(value.member("contentHash"), "contentHash")) ?? "",
            timestamp: value.member("timestamp").flatMap { Timestamp(iso8601: $0.rawBytes) }
                ?? Timestamp(microseconds: 0),
            fault: fault.reason)
    }
}
