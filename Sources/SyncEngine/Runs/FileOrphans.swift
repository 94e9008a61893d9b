import Postgres
import Probes

/// What a run does about services that its file lacks: finds them, then lists or deprecates them.
struct FileOrphans: Sendable {
    /// Services that are looked up, or listed, at once.
    private static let stretch = 5_000

    let source: FileSource
    let asOf: Timestamp
    /// How a chunk of services is decided, where the source deprecates them.
    let applier: ChunkApplier
    let board: RunProgressBoard
    /// Services decided in one transaction, at most.
    let chunkSize: Int

    private var session: PostgresSession { applier.session }

    /// The ids of active services that the file should have listed: one that an event decided after
    /// the file's time is none.
    func find(_ compared: any ComparedFile) async throws -> [Int64] {
        var orphans: [Int64] = []
        try await compared.missingServices { chunk in
            try board.check()
            for (id, _) in try await filter(chunk) { orphans.append(id) }
        }
        return orphans
    }

    /// Whether it is certain enough to act upon that the file lacks what it lacks: it does not
    /// break off, and each bad row says which service it means.
    static func areCertain(_ compared: any ComparedFile, _ badRows: KeptBadRows) -> Bool {
        !compared.breaksOff && badRows.areAllNamed
            && badRows.count == compared.badRowCount
    }

    /// Records them, nothing else.
    func list(_ orphans: [Int64]) async throws {
        let record = applier.record
        for chunk in Self.chunks(of: orphans, size: Self.stretch) {
            try board.check()
            try await session.withConnection { connection in
                try await connection.transaction { connection in
                    let answers = try await connection.pipeline([
                        record.guardStatement,
                        PostgresStatement(
                            EngineSQL.orphanInsert,
                            [.int(record.run.id), .text(record.run.source), .int64Array(chunk)]),
                    ])
                    try RunRecord.check(answers[0])
                }
            }
            let done = Int64(chunk.count)
            board.update { $0.rowsDone += done }
        }
    }

    /// Deprecates them, or asks for it; in a dry run, records what would be.
    ///
    /// - Parameter counts: the run's so far, none of `orphans` among them.
    /// - Returns: the counts with what became of them.
    func deprecate(
        _ orphans: [Int64], counts: RunCounts, keep: ([RowFailure]) async throws -> Void
    ) async throws -> RunCounts {
        var total = counts
        for chunk in Self.chunks(of: orphans, size: chunkSize) {
            try board.check()
            let subjects = try await filter(chunk).map { ChunkSubject.missing($0.code) }
            let result = try await applier.decide(subjects, board: board)
            try await keep(result.failures)
            total = total + result.counts
            let (now, done) = (total, Int64(chunk.count))
            board.update { state in
                state.counts = now
                state.rowsDone += done
            }
        }
        return total
    }

    private func filter(_ ids: [Int64]) async throws -> [(id: Int64, code: String)] {
        let asOf = asOf
        return try await session.withConnection { connection in
            let rows = try await connection.query(
                EngineSQL.orphanFilter, [.int64Array(ids), .timestamp(asOf.microseconds)])
            var found: [(id: Int64, code: String)] = []
            for row in rows { found.append((try row.int(0), try row.string(1))) }
            return found
        }
    }

    private static func chunks(of ids: [Int64], size: Int) -> some Sequence<[Int64]> {
        stride(from: 0, to: ids.count, by: size).lazy.map {
            Array(ids[$0..<Swift.min($0 + size, ids.count)])
        }
    }
}

/// The bad rows of a file that its run keeps.
struct KeptBadRows: Sendable {
    var count: Int64 = 0
    /// Whether each says which service it means.
    var areAllNamed = true

    mutating func add(_ rows: [RowFailure]) {
        count += Int64(rows.count)
        if rows.contains(where: { $0.code == nil }) { areAllNamed = false }
    }
}
