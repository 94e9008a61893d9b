import ObjectStores
import Postgres
import Probes

/// Carries out one run of a file: compare, check the limits, apply, close.
///
/// What flows in: a run that this engine holds, and its source. What flows out: committed rows and
/// the state in which the run is left. It throws a `RunEnd` where the run does not come to its end.
struct FileRun: Sendable {
    /// Reads a file and joins it with the catalog: services in `forced` are decided by their
    /// values, rows of services in `leftOut` are passed over.
    typealias Compare =
        @Sendable (
            _ file: PinnedFile, _ source: FileSource, _ forced: Set<String>,
            _ leftOut: Set<String>, _ board: RunProgressBoard
        ) async throws -> any ComparedFile

    let run: ClaimedRun
    let source: FileSource
    let engineID: Int64
    let settings: ReconciliationSettings
    let apply: ApplyContext
    let session: PostgresSession
    let board: RunProgressBoard
    let compare: Compare
    let log: EngineLog

    struct Outcome: Sendable {
        var state: RunState
        var figures: FileProfile
        var counts: RunCounts
        var badRows: Int64
    }

    /// - Parameter file: pinned, and noted in the run's row.
    func carryOut(_ file: PinnedFile, asOf: Timestamp) async throws -> Outcome {
        let recorded = try await prepare()
        let compared = try await compare(
            file, source, try await openReviews(), recorded.codes, board)
        Failpoint.reach(.runCompared)
        let keptBadRows = try await keepBadRows(compared)
        var counts = recorded.counts
        counts.fetched = compared.profile.rows
        counts.matched += compared.sameRows
        counts.failed = compared.badRowCount
        let orphans = try await orphans(compared, asOf: asOf)
        counts.orphaned = Int64(orphans.count)
        let begun = counts
        board.update { state in
            state.counts = begun
            state.badRows = compared.badRowCount
        }
        try await askIfNeeded(compared, counts: counts, asOf: asOf)
        counts = try await apply(compared, asOf: asOf, counts: counts, orphans: orphans)
        if !run.isDryRun, keptBadRows == compared.badRowCount {
            try await markSpoken(compared, asOf: asOf)
        }
        do { try file.verify() } catch { throw RunEnd.failed(error.message) }
        return Outcome(
            state: Self.state(of: counts), figures: compared.profile, counts: counts,
            badRows: compared.badRowCount)
    }

    /// As the seed has it: drift is a partial success, and so are rows that failed or wait.
    static func state(of counts: RunCounts) -> RunState {
        counts.drifted > 0 || counts.failed > 0 ? .partialSuccess : .success
    }

    // MARK: What an earlier engine has done

    private struct Recorded {
        var codes: Set<String> = []
        var counts = RunCounts()
    }

    /// What the run has recorded before it was taken up; a dry run begins anew.
    private func prepare() async throws -> Recorded {
        let run = run
        return try await session.withConnection { connection in
            try await connection.pipeline(
                [PostgresStatement(EngineSQL.badRowsClear, [.int(run.id)])]
                    + (run.isDryRun
                        ? [PostgresStatement(EngineSQL.driftClear, [.int(run.id)])] : []))
            var recorded = Recorded()
            guard !run.isDryRun else { return recorded }
            recorded.codes = try await ChunkApplier.recorded(run.id, codes: nil, connection)
            guard !recorded.codes.isEmpty else { return recorded }
            for row in try await connection.query(EngineSQL.runTally, [.int(run.id)]) {
                let number = try row.int(1)
                switch DriftOutcome(rawValue: try row.string(0)) {
                case .created: recorded.counts.created = number
                case .corrected: recorded.counts.updated = number
                case .held: recorded.counts.held = number
                case .rejected: recorded.counts.rejected = number
                case .newer: recorded.counts.newer = number
                case .orphaned, .reverted, nil: continue
                }
                if try row.string(0) != DriftOutcome.created.rawValue {
                    recorded.counts.matched += number
                }
            }
            return recorded
        }
    }

    private func openReviews() async throws -> Set<String> {
        let source = source
        return try await session.withConnection { connection in
            var codes: Set<String> = []
            for row in try await connection.query(
                EngineSQL.reviewCodesOpen, [.text(source.country), .text(source.system)])
            {
                codes.insert(try row.string(0))
            }
            return codes
        }
    }

    /// Returns how many are kept.
    private func keepBadRows(_ compared: any ComparedFile) async throws -> Int64 {
        var kept: Int64 = 0
        try await compared.forEachBadRows(upTo: 200) { rows in
            try await keep(rows)
            kept += Int64(rows.count)
        }
        return kept
    }

    private func keep(_ failures: [RowFailure]) async throws {
        guard !failures.isEmpty else { return }
        let record = record
        try board.check()
        try await session.withConnection { connection in
            try await connection.transaction { connection in
                let answers = try await connection.pipeline([
                    record.guardStatement, RowFailure.insert(failures, run: record.run.id),
                ])
                try RunRecord.check(answers[0])
            }
        }
    }

    // MARK: Limits

    /// Active services that the file should have listed: one that an event created after the
    /// file's time is none.
    private func orphans(
        _ compared: any ComparedFile, asOf: Timestamp
    ) async throws -> [Int64] {
        var orphans: [Int64] = []
        try await compared.missingServices { chunk in
            try board.check()
            let rows = try await session.withConnection { connection in
                try await connection.query(
                    EngineSQL.orphanFilter, [.int64Array(chunk), .timestamp(asOf.microseconds)])
            }
            for row in rows { orphans.append(try row.int(0)) }
        }
        return orphans
    }

    /// Throws `RunEnd.asks` where the limits are passed and nobody has accepted it.
    private func askIfNeeded(
        _ compared: any ComparedFile, counts: RunCounts, asOf: Timestamp
    ) async throws {
        let check = RunCheck(limits: settings.limits, history: try await history())
        var findings = check.findings(
            for: compared.profile, header: compared.headerProblems, breaksOff: compared.breaksOff)
        if !compared.isReadable {
            for index in findings.indices { findings[index].isUnreadable = true }
            throw RunEnd.asks(findings, compared.profile)
        }
        guard !run.isAccepted, !run.isDryRun else { return }
        // Every row that differs might drift; if even so many may, none has to be looked at.
        var most = counts
        most.matched += compared.differingRows
        most.updated += compared.differingRows
        var found = check.findings(
            for: most, activeServices: compared.profile.activeServices)
        if found.contains(where: { $0.reason == .drift }) {
            board.begin(.deciding, rowsTotal: compared.differingRows + compared.unknownRows)
            let decided = try await decide(compared, .count, asOf: asOf, counts: counts)
            found = check.findings(
                for: decided, activeServices: compared.profile.activeServices)
            board.update { $0.counts = decided }
        } else if !(findings + found).isEmpty {
            let decided = try await decide(compared, .count, asOf: asOf, counts: counts)
            board.update { $0.counts = decided }
        }
        findings += found
        if !findings.isEmpty { throw RunEnd.asks(findings, compared.profile) }
    }

    private func history() async throws -> [FileProfile] {
        let source = run.source
        return try await session.withConnection { connection in
            var history: [FileProfile] = []
            for row in try await connection.query(
                EngineSQL.runHistory, [.text(source), .int(10)])
            {
                guard let document = try? JSONDocument(try row.bytes(0)) else { continue }
                history.append(FileProfile(json: document.root))
            }
            return history
        }
    }

    // MARK: Applying

    private var record: RunRecord {
        RunRecord(run: run, engineID: engineID, lease: settings.lease)
    }

    private func apply(
        _ compared: any ComparedFile, asOf: Timestamp, counts: RunCounts, orphans: [Int64]
    ) async throws -> RunCounts {
        board.begin(
            run.isDryRun ? .deciding : .applying,
            rowsTotal: compared.differingRows + compared.unknownRows)
        let applied = try await decide(
            compared, run.isDryRun ? .dryRun : .apply, asOf: asOf, counts: counts)
        board.begin(.closing, rowsTotal: Int64(orphans.count))
        Failpoint.reach(.runClosing)
        try await list(orphans)
        return applied
    }

    /// Decides every row that differs or is unknown.
    private func decide(
        _ compared: any ComparedFile, _ mode: ChunkApplier.Mode, asOf: Timestamp,
        counts: RunCounts
    ) async throws -> RunCounts {
        let applier = ChunkApplier(
            record: record,
            context: FileContext(
                runID: run.id, asOf: asOf, country: source.country, system: source.system,
                rules: apply.rules,
                canonicalForm: CanonicalForm(secondsFromUTC: source.secondsFromUTC)),
            session: session, mode: mode, log: log)
        var total = counts
        try await compared.forEachChunk(of: settings.chunkRows) { rows in
            let result = try await applier.decide(rows, board: board)
            if mode != .count { try await keep(result.failures) }
            total = total + result.counts
            let (now, done) = (total, Int64(rows.count))
            board.update { state in
                state.counts = now
                state.rowsDone += done
            }
        }
        return total
    }

    private func list(_ orphans: [Int64]) async throws {
        let record = record
        var rest = orphans[...]
        while !rest.isEmpty {
            let chunk = Array(rest.prefix(5_000))
            rest = rest.dropFirst(5_000)
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

    /// The file has spoken for all services that it matched. The caller makes sure that every bad
    /// row is kept: otherwise it would not be known of which services they speak.
    private func markSpoken(_ compared: any ComparedFile, asOf: Timestamp) async throws {
        let (record, source) = (record, source)
        try await session.withConnection { connection in
            try await connection.transaction { connection in
                let answers = try await connection.pipeline([
                    record.guardStatement,
                    PostgresStatement(
                        EngineSQL.fileMarkSet,
                        [
                            .text(source.country), .text(source.system), .int(record.run.id),
                            .timestamp(asOf.microseconds),
                            .timestamp(compared.comparedAt.microseconds),
                        ]),
                ])
                try RunRecord.check(answers[0])
            }
        }
    }
}
