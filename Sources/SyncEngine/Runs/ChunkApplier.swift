import Postgres
import Probes

/// Decides a chunk of rows and writes what follows from it, in one transaction.
///
/// What flows in: rows that differ from the catalog, or services that the file lacks. What flows
/// out: committed services, review items, streams and drift, and the outcome of each row. Two round
/// trips, one more if ids are drawn. A row that the database refuses is found by halves.
struct ChunkApplier: Sendable {
    enum Mode: Sendable {
        /// Streams are locked, effects are written.
        case apply
        /// Nothing is written but the run's own drift.
        case dryRun
        /// Nothing is written at all.
        case count
    }

    typealias Decided = (subject: ChunkSubject, decision: RowDecision)

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
    func decide(_ subjects: [ChunkSubject], board: RunProgressBoard) async throws -> Result {
        var open = subjects
        var result = Result()
        while true {
            try board.check()
            do {
                result.add(try await once(open))
                return result
            } catch let error as PostgresError where error.verdict == .infrastructure {
                log(.warning, "run", "run \(record.run.id): tried again: \(error)")
                // Whether the commit came through is not known: what was recorded was committed.
                let recorded = try await recorded(open, board: board)
                result.counts = result.counts + recorded.counts
                open.removeAll { recorded.codes.contains($0.code) }
                if open.isEmpty { return result }
                try await Task.sleep(for: .milliseconds(200))
            }
        }
    }

    private func recorded(
        _ subjects: [ChunkSubject], board: RunProgressBoard
    ) async throws -> RecordedWork {
        guard mode != .count else { return RecordedWork() }
        while true {
            try board.check()
            do {
                return try await session.withConnection(patience: .seconds(2)) { connection in
                    try await RecordedWork.load(
                        record.run.id, codes: subjects.map(\.code), connection)
                }
            } catch let error as PostgresError where error.verdict == .infrastructure {
                try await Task.sleep(for: .milliseconds(200))
            }
        }
    }

    private func once(_ subjects: [ChunkSubject]) async throws -> Result {
        do {
            return try await session.withConnection { connection in
                do {
                    return try await transact(subjects, connection)
                } catch {
                    _ = try? await connection.pipeline([PostgresStatement("ROLLBACK")])
                    throw error
                }
            }
        } catch let error as PostgresError where error.verdict == .row {
            guard let only = subjects.first, subjects.count == 1 else {
                let half = subjects.count / 2
                var result = try await once(Array(subjects[..<half]))
                result.add(try await once(Array(subjects[half...])))
                return result
            }
            return refused(only, error)
        }
    }

    private func refused(_ subject: ChunkSubject, _ error: PostgresError) -> Result {
        var result = Result()
        if subject.isMissing { result.counts.orphaned = 1 }
        result.counts.failed = 1
        result.failures = [
            RowFailure(subject, reason: "write_refused", message: error.message)
        ]
        return result
    }

    private func transact(
        _ subjects: [ChunkSubject], _ connection: PostgresConnection
    ) async throws -> Result {
        let load = EntityLoad(codes: subjects.map(\.code))
        let statements = mode == .apply ? load.statements : load.peekStatements
        let opening = try await connection.pipeline(
            [PostgresStatement("BEGIN"), record.guardStatement] + statements
                + [PostgresStatement(EngineSQL.reviewLoadRefused, [.textArray(load.codes)])]
                + Self.useStatements(subjects))
        try RunRecord.check(opening[1])
        let loaded = try load.states(from: opening[2..<2 + statements.count])
        let refused = try Self.refusedContents(opening[2 + statements.count])
        let inUse = try Self.codes(opening.dropFirst(3 + statements.count))
        var result = Result()
        var decided: [Decided] = []
        for subject in subjects {
            let entity = loaded.states[subject.code] ?? EntityState(code: subject.code)
            let decision =
                switch subject {
                case .row(let row):
                    FileFold.decide(
                        row, entity: entity, refusedContent: refused[row.code], context: context)
                case .missing(let code):
                    OrphanFold.decide(
                        entity: entity, refusedContent: refused[code],
                        isInUse: inUse.contains(code), context: context)
                }
            result.counts.count(decision.outcome)
            if case .failed(let reason, let message) = decision.outcome {
                result.failures.append(RowFailure(subject, reason: reason, message: message))
            }
            decided.append((subject, decision))
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
        of decided: [Decided], _ loaded: LoadedEntities, _ connection: PostgresConnection
    ) async throws -> [PostgresStatement] {
        switch mode {
        case .count: return []
        case .dryRun:
            var drift = DriftRows()
            for (subject, decision) in decided {
                drift.add(
                    decision, code: subject.code, line: subject.line,
                    serviceID: loaded.states[subject.code]?.snapshot?.id, reviewID: nil)
            }
            return [drift.statement(run: record.run)].compactMap(\.self)
        case .apply:
            return try await FileEffects(
                decided, loaded: loaded, record: record, context: context, connection
            ).statements
        }
    }

    /// Asks which of the services that the file lacks are in use; nothing if it lacks none.
    private static func useStatements(_ subjects: [ChunkSubject]) -> [PostgresStatement] {
        let missing = subjects.filter(\.isMissing).map(\.code)
        return missing.isEmpty
            ? [] : [PostgresStatement(EngineSQL.orphanInUse, [.textArray(missing)])]
    }

    private static func codes(
        _ answers: ArraySlice<PostgresRows>
    ) throws(PostgresError) -> Set<String> {
        var codes: Set<String> = []
        for rows in answers {
            for row in rows { codes.insert(try row.string(0)) }
        }
        return codes
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
