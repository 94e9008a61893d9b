import Postgres
import Probes

/// What a chunk has decided, gathered until it is written.
struct ItemWork {
    private struct Put {
        var row: ItemRow
        var codes: ItemCodes
        var standing: StandingItem?
        var decision: ItemDecision
    }

    private let record: RunRecord
    /// The checkpoint behind the chunk.
    private(set) var next: AgentCheckpoint
    private var puts: [Put] = []
    private var removed: [(sku: Sku, content: JSONValue)] = []
    private var failures: [RowFailure] = []
    private var unmapped: [ERPCode: Int] = [:]
    private var drift = DriftRows()

    init(record: RunRecord, next: AgentCheckpoint) {
        self.record = record
        self.next = next
    }

    mutating func take(
        _ decision: ItemDecision, _ pair: ItemPair, _ standing: StandingItem?,
        _ received: ReceivedItem?
    ) {
        next.counts.count(decision)
        // What could not be taken earlier is known only for as long as it is the same.
        let stands = standing.flatMap { $0.ours.isRemoved ? nil : $0.ours.contentHash }
        let theirs = received?.theirs.contentHash
        if theirs != next.failed[pair.sku] || theirs == stands { next.failed[pair.sku] = nil }
        switch decision {
        case .equal: break
        case .newer:
            drift.add(item: pair.sku, outcome: .newer)
        case .corrected, .created:
            guard let taken = received?.taken else { return }
            puts.append(
                Put(row: taken.row, codes: taken.codes, standing: standing, decision: decision))
        case .orphaned:
            removed.append((pair.sku, standing?.content ?? .null))
        case .failed(let reason):
            if next.failed.count < AgentCheckpoint.mostFailed {
                next.failed[pair.sku] = received?.theirs.contentHash ?? ""
            }
            for code in received?.unmapped ?? [] { unmapped[code, default: 0] += 1 }
            // Beyond that they are counted.
            if next.counts.failed <= AgentCheckpoint.mostFailed {
                failures.append(failure(pair, reason))
            }
        }
    }

    /// Everything, and the checkpoint; in a dry run the items are as they were afterwards.
    mutating func write(_ connection: PostgresConnection) async throws {
        let isDryRun = record.run.isDryRun
        if isDryRun { try await connection.query("SAVEPOINT items", isPrepared: false) }
        try await put(connection)
        try await remove(connection)
        if isDryRun {
            try await connection.query("ROLLBACK TO SAVEPOINT items", isPrepared: false)
        }
        var statements = [drift.statement(run: record.run)].compactMap(\.self)
        if !failures.isEmpty {
            statements.append(RowFailure.insert(failures, run: record.run.id))
        }
        if !isDryRun { statements += IngestLedger.noting(unmapped, of: record.run.source) }
        let answers = try await connection.pipeline(
            statements + [record.checkpointStatement(next.json)])
        if answers.last?.first == nil { throw RunEnd.leaseLost }
    }

    private mutating func put(_ connection: PostgresConnection) async throws {
        guard !puts.isEmpty else { return }
        let rows = puts.map(\.row)
        let codes = puts.map(\.codes)
        let answers = try await connection.query(
            EngineSQL.agentItemsPut,
            [
                .text(record.run.source), .textArray(rows.map(\.key.text)),
                .textArray(rows.map(\.name)), .textArray(rows.map(\.description)),
                .textArray(rows.map(\.barcode)), .textArray(rows.map(\.unit)),
                .textArray(codes.map(\.unit)), .textArray(rows.map(\.vat)),
                .textArray(codes.map(\.vat)), .textArray(rows.map(\.family)),
                .textArray(codes.map(\.family)), .textArray(rows.map(\.subfamily)),
                .textArray(codes.map(\.subfamily)), .textArray(rows.map(\.unitPrice)),
                .textArray(rows.map(\.currency)), .boolArray(rows.map(\.isActive)),
                .textArray(rows.map(\.contentHash)),
                .timestampArray(rows.map(\.timestamp.microseconds)),
                .int64Array(puts.map { ($0.standing?.rowVersion ?? 0) + 1 }),
            ])
        var written: [Sku: (version: Int64, content: JSONValue)] = [:]
        for row in answers {
            written[Sku(try row.string("sku"))] = (
                try row.int("row_version"), try StandingItem.content(row)
            )
        }
        for put in puts {
            let sku = Sku(put.row.key.text)
            guard let now = written[sku] else {
                // Ingested between the look and the write.
                next.counts.recount(put.decision, as: .newer)
                drift.add(item: sku, outcome: .newer)
                continue
            }
            let isCreated = put.decision == .created
            drift.add(
                item: sku, before: isCreated ? nil : put.standing?.content, after: now.content,
                outcome: isCreated ? .created : .corrected,
                rowVersion: record.run.isDryRun ? nil : now.version)
        }
    }

    private mutating func remove(_ connection: PostgresConnection) async throws {
        guard !removed.isEmpty else { return }
        var versions: [Sku: Int64] = [:]
        for row in try await connection.query(
            EngineSQL.agentItemsRemove,
            [.text(record.run.source), .textArray(removed.map(\.sku.text))])
        {
            versions[Sku(try row.string(0))] = try row.int(1)
        }
        for (sku, content) in removed {
            drift.add(
                item: sku, before: content, after: nil, outcome: .orphaned,
                rowVersion: record.run.isDryRun ? nil : versions[sku])
        }
    }

    /// The item as it came, where it is not too long to be kept.
    private func failure(_ pair: ItemPair, _ reason: String) -> RowFailure {
        let raw = pair.theirs.map { Array($0.value.rawBytes) } ?? []
        let word = reason.prefix { $0 != ":" }
        return RowFailure(
            line: 0, code: pair.sku.text, reason: String(word), message: reason,
            raw: raw.count <= 65_536 ? raw : [])
    }
}

extension AgentCounts {
    mutating func count(_ decision: ItemDecision) {
        switch decision {
        case .equal: equal += 1
        case .newer: newer += 1
        case .corrected: corrected += 1
        case .created: created += 1
        case .orphaned: orphaned += 1
        case .failed: failed += 1
        }
    }

    /// What was counted as `decision` turned out to be something else.
    mutating func recount(_ decision: ItemDecision, as other: ItemDecision) {
        switch decision {
        case .corrected: corrected -= 1
        case .created: created -= 1
        default: return
        }
        count(other)
    }
}
