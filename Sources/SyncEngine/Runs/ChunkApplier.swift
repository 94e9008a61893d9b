import Postgres
import Probes

/// Decides a chunk of rows and writes what follows from it, in one transaction.
///
/// What flows in: rows that differ from the catalog. What flows out: committed services, review
/// items, streams and drift, and the outcome of each row. Two round trips, one more if ids are
/// drawn. A row that the database refuses is found by halves.
struct ChunkApplier: Sendable {
    enum Mode: Sendable {
        /// Streams are locked, effects are written.
        case apply
        /// Nothing is written but the run's own drift.
        case dryRun
        /// Nothing is written at all.
        case count
    }

    struct Result: Sendable {
        var counts = RunCounts()
        /// Rows that could not be taken.
        var failures: [RowFailure] = []

        mutating func add(_ other: Result) {
            counts = counts + other.counts
            failures += other.failures
        }
    }

    let record: RunRecord
    let context: FileContext
    let session: PostgresSession
    let mode: Mode
    let log: EngineLog

    /// Tries again for as long as it is the infrastructure that fails, and `board` lets it.
    func decide(_ rows: [FileRow], board: RunProgressBoard) async throws -> Result {
        var open = rows
        while true {
            try board.check()
            do {
                return try await once(open)
            } catch let error as PostgresError where error.verdict == .infrastructure {
                log(.warning, "run", "run \(record.run.id): tried again: \(error)")
                // Whether the commit came through is not known: what was recorded was committed.
                open = try await unrecorded(open, board: board)
                if open.isEmpty { return Result() }
                try await Task.sleep(for: .milliseconds(200))
            }
        }
    }

    private func unrecorded(
        _ rows: [FileRow], board: RunProgressBoard
    ) async throws -> [FileRow] {
        guard mode != .count else { return rows }
        while true {
            try board.check()
            do {
                let known = try await session.withConnection(patience: .seconds(2)) { connection in
                    try await Self.recorded(
                        record.run.id, codes: rows.map(\.code), connection)
                }
                return rows.filter { !known.contains($0.code) }
            } catch let error as PostgresError where error.verdict == .infrastructure {
                try await Task.sleep(for: .milliseconds(200))
            }
        }
    }

    /// The services that a run has dealt with: all, or those among `codes`.
    static func recorded(
        _ run: Int64, codes: [String]?, _ connection: PostgresConnection
    ) async throws -> Set<String> {
        let rows = try await connection.query(
            EngineSQL.driftKnown, [.int(run), codes.map { .textArray($0) } ?? .null])
        var known: Set<String> = []
        for row in rows { known.insert(try row.string(0)) }
        return known
    }

    private func once(_ rows: [FileRow]) async throws -> Result {
        do {
            return try await session.withConnection { connection in
                do {
                    return try await transact(rows, connection)
                } catch {
                    _ = try? await connection.pipeline([PostgresStatement("ROLLBACK")])
                    throw error
                }
            }
        } catch let error as PostgresError where error.verdict == .row {
            guard let only = rows.first, rows.count == 1 else {
                var result = try await once(Array(rows[..<(rows.count / 2)]))
                result.add(try await once(Array(rows[(rows.count / 2)...])))
                return result
            }
            return refused(only, error)
        }
    }

    private func refused(_ row: FileRow, _ error: PostgresError) -> Result {
        var result = Result()
        result.counts.failed = 1
        result.failures = [
            RowFailure(
                line: Int64(row.line), code: row.code, reason: "write_refused",
                message: error.message)
        ]
        return result
    }

    private func transact(
        _ rows: [FileRow], _ connection: PostgresConnection
    ) async throws -> Result {
        let load = EntityLoad(codes: rows.map(\.code))
        let statements = mode == .apply ? load.statements : load.peekStatements
        let opening = try await connection.pipeline(
            [PostgresStatement("BEGIN"), record.guardStatement] + statements
                + [PostgresStatement(EngineSQL.reviewLoadRefused, [.textArray(load.codes)])])
        try RunRecord.check(opening[1])
        let loaded = try load.states(from: opening[2..<2 + statements.count])
        let refused = try Self.refusedContents(opening[2 + statements.count])
        var result = Result()
        var decided: [(row: FileRow, decision: RowDecision)] = []
        for row in rows {
            let decision = FileFold.decide(
                row, entity: loaded.states[row.code] ?? EntityState(code: row.code),
                refusedContent: refused[row.code], context: context)
            result.counts.count(decision.outcome)
            if case .failed(let reason, let message) = decision.outcome {
                result.failures.append(
                    RowFailure(
                        line: Int64(row.line), code: row.code, reason: reason, message: message))
            }
            decided.append((row, decision))
        }
        let effects = try await effects(of: decided, loaded, connection)
        if Failpoint.isArmed(.runBeforeChunkCommit), mode == .apply {
            try await connection.pipeline(effects)
            Failpoint.reach(.runBeforeChunkCommit)
            try await connection.pipeline([PostgresStatement("COMMIT")])
        } else {
            try await connection.pipeline(effects + [PostgresStatement("COMMIT")])
        }
        if mode == .apply { Failpoint.reach(.runAfterChunkCommit) }
        return result
    }

    private func effects(
        of decided: [(row: FileRow, decision: RowDecision)], _ loaded: LoadedEntities,
        _ connection: PostgresConnection
    ) async throws -> [PostgresStatement] {
        switch mode {
        case .count: return []
        case .dryRun:
            var drift = DriftRows()
            for (row, decision) in decided {
                drift.add(
                    decision, code: row.code, line: Int64(row.line),
                    serviceID: loaded.states[row.code]?.snapshot?.id, reviewID: nil)
            }
            return [drift.statement(run: record.run)].compactMap(\.self)
        case .apply:
            return try await FileEffects(
                decided, loaded: loaded, record: record, context: context, connection
            ).statements
        }
    }

    private static func refusedContents(
        _ rows: PostgresRows
    ) throws(PostgresError) -> [String: ServiceContent] {
        var contents: [String: ServiceContent] = [:]
        for row in rows {
            contents[try row.string(0)] = ServiceContent(storedJSON: try row.bytes(1))
        }
        return contents
    }
}
