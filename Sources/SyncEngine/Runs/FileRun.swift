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
        /// For what a run that writes would have asked; nil where a person has answered, or where
        /// it had nothing to ask.
        var findings: [RunFinding]?
    }

    /// - Parameter file: pinned, and noted in the run's row.
    func carryOut(_ file: PinnedFile, asOf: Timestamp) async throws -> Outcome {
        let record = record
        let recorded = try await session.withConnection { connection in
            try await RecordedWork.prepare(record, connection)
        }
        board.update { $0.counts = recorded.counts }
        let compared = try await compare(
            file, source, try await openReviews(), recorded.codes, board)
        Failpoint.reach(.runCompared)
        try verify(file)
        let badRows = try await keepBadRows(compared)
        var counts = recorded.counts
        counts.fetched = compared.profile.rows
        counts.matched += compared.sameRows
        counts.failed = compared.badRowCount
        // Nothing was compared with what cannot be read: it does not say what is missing.
        let orphans =
            compared.isReadable
            ? try await orphans(mode: .apply, asOf: asOf).find(compared) : []
        var begun = counts
        begun.orphaned += Int64(orphans.count)
        let (seen, figures) = (begun, Self.figures(of: compared, recorded))
        board.update { state in
            state.counts = seen
            state.badRows = compared.badRowCount
        }
        let found = try await askIfNeeded(compared, figures, counts: begun, asOf: asOf)
        counts = try await apply(
            compared, asOf: asOf, counts: counts, orphans: orphans,
            deprecating: source.deprecatesOrphans && FileOrphans.areCertain(compared, badRows))
        if !run.isDryRun, badRows.count == compared.badRowCount {
            let mark = FileMark(
                source: source, asOf: asOf, applier: applier(.apply, asOf: asOf), board: board,
                chunkSize: settings.chunkRows)
            try await mark.set(compared)
            counts = try await mark.overtake(compared, counts: counts, keep: keep)
        }
        try verify(file)
        return Outcome(
            state: Self.state(of: counts), figures: figures, counts: counts,
            badRows: compared.badRowCount,
            findings: run.isDryRun
                ? found
                    + RunCheck(limits: settings.limits, history: []).findings(
                        for: counts, activeServices: figures.activeServices)
                : nil)
    }

    private func verify(_ file: PinnedFile) throws(RunEnd) {
        do { try file.verify() } catch { throw .failed(error.message) }
    }

    /// Services that the run had deprecated before it was taken up were active when it began.
    private static func figures(
        of compared: any ComparedFile, _ recorded: RecordedWork
    ) -> FileProfile {
        var figures = compared.profile
        figures.activeServices += recorded.counts.deprecated
        return figures
    }

    /// As the seed has it: drift is a partial success, and so are rows that failed or wait, and
    /// orphans that do not stay as they are.
    static func state(of counts: RunCounts) -> RunState {
        counts.drifted + counts.failed + counts.deprecated + counts.orphansHeld > 0
            ? .partialSuccess : .success
    }

    // MARK: What stands already

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

    private func keepBadRows(_ compared: any ComparedFile) async throws -> KeptBadRows {
        var kept = KeptBadRows()
        try await compared.forEachBadRows(upTo: 200) { rows in
            try await keep(rows)
            kept.add(rows)
        }
        return kept
    }

    private func keep(_ failures: [RowFailure]) async throws {
        guard !failures.isEmpty else { return }
        let record = record
        try board.check()
        try await session.withConnection { connection in
            try await record.write(
                [RowFailure.insert(failures, run: record.run.id)], connection)
        }
    }

    // MARK: Limits

    /// Throws `RunEnd.asks` where the limits are passed and nobody has accepted it. A dry run asks
    /// nothing: one of a file that cannot be read fails.
    ///
    /// - Returns: what is wrong with the file nevertheless.
    private func askIfNeeded(
        _ compared: any ComparedFile, _ figures: FileProfile, counts: RunCounts, asOf: Timestamp
    ) async throws -> [RunFinding] {
        let check = RunCheck(limits: settings.limits, history: try await history())
        var findings = check.findings(
            for: figures, header: compared.headerProblems, breaksOff: compared.breaksOff)
        if !compared.isReadable {
            if run.isDryRun {
                throw RunEnd.failed(findings.map(\.text).joined(separator: "; "))
            }
            for index in findings.indices { findings[index].isUnreadable = true }
            throw RunEnd.asks(findings, figures)
        }
        guard !run.isAccepted, !run.isDryRun else { return findings }
        // Every row that differs might drift; if even so many may, none has to be looked at.
        var most = counts
        most.matched += compared.differingRows
        most.updated += compared.differingRows
        var found = check.findings(
            for: most, activeServices: figures.activeServices)
        guard !(findings + found).isEmpty else { return [] }
        board.begin(.deciding, rowsTotal: compared.differingRows + compared.unknownRows)
        let decided = try await decide(compared, .count, asOf: asOf, counts: counts)
        found = check.findings(for: decided.counts, activeServices: figures.activeServices)
        board.update { $0.counts = decided.counts }
        findings += found
        guard !findings.isEmpty else { return [] }
        try await keep(decided.failures)
        throw RunEnd.asks(findings, figures)
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
        _ compared: any ComparedFile, asOf: Timestamp, counts: RunCounts, orphans ids: [Int64],
        deprecating: Bool
    ) async throws -> RunCounts {
        let mode: ChunkApplier.Mode = run.isDryRun ? .dryRun : .apply
        let orphans = orphans(mode: mode, asOf: asOf)
        board.begin(
            run.isDryRun ? .deciding : .applying,
            rowsTotal: compared.differingRows + compared.unknownRows
                + (deprecating ? Int64(ids.count) : 0))
        var counts = counts
        if !deprecating { counts.orphaned += Int64(ids.count) }
        var applied = try await decide(compared, mode, asOf: asOf, counts: counts).counts
        if deprecating {
            applied = try await orphans.deprecate(ids, counts: applied, keep: keep)
        }
        board.begin(.closing, rowsTotal: Int64(ids.count))
        Failpoint.reach(.runClosing)
        if !deprecating { try await orphans.list(ids) }
        return applied
    }

    /// Rows that could not be taken, kept at most of a run that only counts.
    private static let mostFailures = 10_000

    /// Decides every row that differs or is unknown. What only counts keeps nothing, and returns
    /// the rows that could not be taken.
    private func decide(
        _ compared: any ComparedFile, _ mode: ChunkApplier.Mode, asOf: Timestamp,
        counts: RunCounts
    ) async throws -> ChunkApplier.Result {
        let applier = applier(mode, asOf: asOf)
        let events = EventYield(settings, session: session, board: board)
        var total = ChunkApplier.Result(counts: counts)
        try await compared.forEachChunk(of: settings.chunkRows) { rows in
            if mode == .apply { try await events.pass() }
            let result = try await applier.decide(rows.map(ChunkSubject.row), board: board)
            if mode == .count {
                let room = Self.mostFailures - total.failures.count
                total.failures += result.failures.prefix(max(room, 0))
            } else {
                try await keep(result.failures)
            }
            total.counts = total.counts + result.counts
            let (now, done) = (total.counts, Int64(rows.count))
            board.update { state in
                state.counts = now
                state.rowsDone += done
            }
        }
        return total
    }

    private func applier(_ mode: ChunkApplier.Mode, asOf: Timestamp) -> ChunkApplier {
        ChunkApplier(
            record: record,
            context: FileContext(
                runID: run.id, asOf: asOf, country: source.country, system: source.system,
                rules: apply.rules,
                canonicalForm: CanonicalForm(secondsFromUTC: source.secondsFromUTC),
                internalTopics: apply.internalTopics),
            session: session, mode: mode, log: log)
    }

    private func orphans(mode: ChunkApplier.Mode, asOf: Timestamp) -> FileOrphans {
        FileOrphans(
            source: source, asOf: asOf, applier: applier(mode, asOf: asOf), board: board,
            chunkSize: settings.chunkRows)
    }
}
