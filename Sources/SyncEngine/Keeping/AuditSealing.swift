import Hashing
import Postgres

/// Seals what was added to the audit trail, every few seconds.
///
/// Flows in: rows that are not sealed. Flows out: their hashes, a row of `audit_seals` for each
/// batch, and its head in the log, where whoever cuts the trail in the database cannot reach it.
///
/// Ids are drawn before they are committed, so a lower id may appear after a higher one. A batch
/// therefore ends at an id that was seen, and waits until every transaction that was writing to the
/// trail then has ended: nothing can appear below that id any more.
actor AuditSealing: LeaderDuty {
    /// Up to where the trail may be sealed, and what has to end before.
    private struct Mark {
        var newestID: Int64
        var writers: Set<String>
    }

    nonisolated let name = "audit"
    nonisolated let interval: Duration
    private let session: PostgresSession
    private let log: EngineLog
    private let batchRows: Int
    private var mark: Mark?

    init(
        session: PostgresSession, log: EngineLog, interval: Duration = .seconds(5),
        batchRows: Int = 1_000
    ) {
        self.session = session
        self.log = log
        self.interval = interval
        self.batchRows = batchRows
    }

    func carryOut(_ term: LeaderTerm) async throws {
        while let seal = try await sealBatch(term) {
            log(
                .notice, name,
                "seal \(seal.id): \(seal.rows) \(seal.rows == 1 ? "row" : "rows") up to "
                    + "\(seal.lastID), head \(seal.headHash.hexadecimal)")
        }
    }

    /// - Returns: nil if there is nothing to seal, or nothing yet.
    private func sealBatch(_ term: LeaderTerm) async throws -> AuditSeal? {
        let batchRows = batchRows
        var mark = self.mark
        defer { self.mark = mark }
        let seal: AuditSeal? = try await session.withConnection(patience: .seconds(5)) {
            connection in
            try await connection.transaction { connection in
                if mark == nil { mark = try await Self.newMark(connection) }
                guard let bound = mark else { return nil }
                let writers = try await Self.writers(connection)
                guard bound.writers.isDisjoint(with: writers),
                    !writers.contains(where: { $0.hasPrefix("-1/") })
                else { return nil }
                guard
                    let seal = try await Self.write(
                        upTo: bound.newestID, batchRows, term, connection)
                else {
                    mark = nil
                    return nil
                }
                if seal.lastID >= bound.newestID { mark = nil }
                Failpoint.reach(.auditSealing)
                try await Leadership.check(term, connection)
                return seal
            }
        }
        return seal
    }

    private static func newMark(_ connection: PostgresConnection) async throws -> Mark? {
        guard let row = try await connection.query(EngineSQL.auditNewest).first else { return nil }
        // In this order: whoever drew a lower id has ended, or is among them.
        return Mark(newestID: try row.int("id"), writers: try await writers(connection))
    }

    private static func writers(
        _ connection: PostgresConnection
    ) async throws(PostgresError) -> Set<String> {
        var writers: Set<String> = []
        for row in try await connection.query(EngineSQL.auditWriters) {
            writers.insert(try row.string(0))
        }
        return writers
    }

    private static func write(
        upTo bound: Int64, _ limit: Int, _ term: LeaderTerm, _ connection: PostgresConnection
    ) async throws -> AuditSeal? {
        let last = try await connection.query(EngineSQL.auditSealLast).only()
        let sealedTo = try last.int(ifPresent: "last_id") ?? 0
        let rows = try await connection.query(
            EngineSQL.auditRows, [.int(sealedTo), .int(bound), .int(limit), .bool(true)])
        var entries: [AuditEntry] = []
        for row in rows { entries.append(try AuditEntry(row: row)) }
        guard let first = entries.first, let end = entries.last else { return nil }
        var seal = AuditSeal(
            id: (try last.int(ifPresent: "id") ?? 0) + 1, sealedAt: try last.timestamp("now"),
            engineID: term.engineID, fencing: term.fencing, firstID: first.id, lastID: end.id,
            rows: Int64(entries.count), headHash: [])
        let sealings = AuditChain.seal(
            entries, as: &seal,
            after: try last.bytes(ifPresent: "head_hash") ?? AuditChain.beginning)
        try await connection.pipeline([
            PostgresStatement(
                EngineSQL.auditSeal,
                [
                    .int(seal.id), .int64Array(entries.map(\.id)),
                    .byteaArray(sealings.map(\.previousHash)),
                    .byteaArray(sealings.map(\.rowHash)),
                    .byteaArray(entries.map(\.sealedDetailsHash)),
                ]),
            PostgresStatement(
                EngineSQL.auditSealInsert,
                [
                    .int(seal.id), .timestamp(seal.sealedAt), .int(seal.engineID),
                    .int(seal.fencing), .int(seal.firstID), .int(seal.lastID), .int(seal.rows),
                    .bytes(seal.headHash),
                ]),
        ])
        return seal
    }
}
