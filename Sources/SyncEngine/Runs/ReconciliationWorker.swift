import ObjectStores
import Postgres
import Probes

/// Takes runs and carries them out, one after the other, until it is told to stop.
///
/// What flows in: rows of `sync_runs` that wait, or whose engines fell silent. What flows out: the
/// states in which they are left. A run whose file is not there yet is let go and looked at again.
actor ReconciliationWorker: EngineService {
    /// An engine that dies so often over one run is not given to it again.
    static let lastDeath: Int64 = 3

    private let settings: ReconciliationSettings
    private let apply: ApplyContext
    private let engineID: Int64
    private let onlyRun: Int64?
    private let control: PostgresSession
    private let work: PostgresSession
    private let stores: SourceStores
    private let compare: FileRun.Compare
    private let log: EngineLog
    private let wakeup = Wakeup()
    private var isStopping = false
    private var board: RunProgressBoard?

    /// - Parameter onlyRun: the only run that it takes; nil for all that wait.
    init(
        settings: ReconciliationSettings, apply: ApplyContext, engineID: Int64,
        only onlyRun: Int64? = nil, control: PostgresSession, work: PostgresSession,
        stores: SourceStores,
        compare: @escaping FileRun.Compare, log: EngineLog
    ) {
        self.settings = settings
        self.apply = apply
        self.engineID = engineID
        self.onlyRun = onlyRun
        self.control = control
        self.work = work
        self.stores = stores
        self.compare = compare
        self.log = log
    }

    /// Looks twice a second.
    func run() async {
        guard !settings.sources.isEmpty else { return }
        var outage = OutageLog(log, part: "run", effect: "runs are not looked for")
        while !isStopping {
            do {
                while !isStopping, let run = try await claim() {
                    outage.answered()
                    await carryOut(run)
                }
                outage.answered()
            } catch {
                outage.failed(error)
            }
            if !isStopping { await wakeup.wait(atMost: .milliseconds(500)) }
        }
    }

    /// The run in hand is handed over at its next chunk.
    func stop() {
        isStopping = true
        board?.update { $0.isStopping = true }
        wakeup.wake()
    }

    private func claim() async throws -> ClaimedRun? {
        let (settings, engineID, onlyRun) = (settings, engineID, onlyRun)
        return try await control.withConnection(patience: .seconds(1)) { connection in
            try await self.sweep(connection)
            let rows = try await connection.query(
                EngineSQL.runClaim,
                [
                    .int(engineID), .textArray(settings.sources.map(\.name)),
                    .double(settings.lease / .seconds(1)), .int(ifPresent: onlyRun),
                ])
            return try rows.first.map { row throws(PostgresError) in try ClaimedRun(row: row) }
        }
    }

    /// Closes runs whose engines fell silent for good, with what they have recorded.
    private func sweep(_ connection: PostgresConnection) async throws {
        let parameters: [PostgresValue] = [
            .int(Self.lastDeath), .double(settings.takeUpWithin / .seconds(1)),
        ]
        try await connection.transaction { connection in
            for row in try await connection.query(EngineSQL.runSweep, parameters) {
                let id = try row.int(0)
                self.say(.error, id, "of \(try row.string(1)) is interrupted")
                try await connection.query(EngineSQL.runSettle, [.int(id)])
            }
        }
    }

    // MARK: One run

    private func carryOut(_ run: ClaimedRun) async {
        guard let source = settings.sources.first(where: { $0.name == run.source }) else { return }
        let board = RunProgressBoard()
        self.board = board
        defer { self.board = nil }
        if isStopping { board.update { $0.isStopping = true } }
        let record = RunRecord(run: run, engineID: engineID, lease: settings.lease)
        let beat = Task { await heartbeat(record, board) }
        defer { beat.cancel() }
        let work = Task {
            try await run.revertsRun == nil
                ? reconcile(run, source, record, board) : revert(run, source, record, board)
        }
        board.whenBrokenOff { work.cancel() }
        do {
            try await work.value
        } catch {
            // What was broken off says that it was: what counts is why.
            await leave(record, board, board.snapshot.end ?? Self.end(of: run, after: error))
        }
    }

    private static func end(of run: ClaimedRun, after error: any Error) -> RunEnd {
        switch error {
        case let end as RunEnd: end
        case is CancellationError: .stopping
        case let error as PostgresError
        where error.verdict == .infrastructure && run.timesLost + 1 < lastDeath:
            .interrupted(CatalogConsumer.words(error))
        default: .failed(CatalogConsumer.words(error))
        }
    }

    private func reconcile(
        _ run: ClaimedRun, _ source: FileSource, _ record: RunRecord, _ board: RunProgressBoard
    ) async throws {
        let found = try await stores.find(run, source)
        guard let found else {
            try await awaitFile(run, source, record)
            return
        }
        let asOf =
            run.asOf
            ?? FileMoment.asOf(
                name: found.version.name,
                objectTime: Timestamp(microseconds: found.version.updatedAt), source: source,
                now: run.now)
        try await control.withConnection { connection in
            try await record.begin(
                source, asOf: asOf, name: found.version.name, version: found.version.generation,
                sizeBytes: found.version.sizeBytes,
                objectTime: Timestamp(microseconds: found.version.updatedAt), connection)
        }
        say(.notice, run.id, "reads \(found.version.location)")
        board.begin(.fetching, bytesTotal: found.version.sizeBytes)
        let file = try await stores.fetch(found, workFolder: settings.workFolder, board: board)
        var begun = run
        begun.objectName = found.version.name
        let outcome = try await FileRun(
            run: begun, source: source, engineID: engineID, settings: settings, apply: apply,
            session: work, board: board, compare: compare, log: log.about(.run(run.id))
        ).carryOut(file, asOf: asOf)
        try await control.withConnection { connection in
            let isOurs = try await record.close(
                outcome.state, findings: outcome.findings, figures: outcome.figures,
                counts: outcome.counts,
                badRows: outcome.badRows, connection)
            self.say(
                isOurs ? .notice : .warning, run.id,
                isOurs ? "ended: \(outcome.state.rawValue)" : "was taken away")
        }
    }

    private func revert(
        _ run: ClaimedRun, _ source: FileSource, _ record: RunRecord, _ board: RunProgressBoard
    ) async throws {
        board.begin(.reverting)
        try await control.withConnection { connection in
            try await record.begin(
                source, asOf: run.asOf ?? run.now, name: "", version: "", sizeBytes: 0,
                objectTime: run.now, connection)
        }
        let counts = try await RevertRun(
            record: record, source: source, apply: apply, session: work, board: board,
            log: log.about(.run(run.id))
        ).carryOut()
        try await control.withConnection { connection in
            _ = try await record.close(.success, counts: counts, badRows: 0, connection)
        }
        say(.notice, run.id, "has reverted run \(run.revertsRun ?? 0)")
    }

    private func awaitFile(
        _ run: ClaimedRun, _ source: FileSource, _ record: RunRecord
    ) async throws {
        let wanted = FileLookup.wanted(run, source)
        let deadline = Self.deadline(run, source)
        if let path = run.wantedPath {
            throw RunEnd.failed(
                "there is no file \(path) on this engine's machine; a file that is named with its "
                    + "path is not waited for")
        }
        if let after = run.followedObject {
            throw RunEnd.failed(
                "there is no file before \(after) in \(source.location): "
                    + "run \(run.followsRun ?? 0) waits for a decision again")
        }
        guard run.now < deadline else {
            throw RunEnd.failed("\(wanted) did not come to \(source.location) in time")
        }
        try await control.withConnection { connection in
            try await record.wait(
                for: wanted, until: deadline, again: settings.lookAgain, connection)
        }
    }

    /// Until when a run waits for its file, or for the bucket that has it.
    private static func deadline(_ run: ClaimedRun, _ source: FileSource?) -> Timestamp {
        run.waitUntil ?? run.now.advanced(by: source?.patience ?? .zero)
    }

    /// Lets a run wait whose bucket does not answer, or fails it once it has waited enough.
    private func leave(
        _ record: RunRecord, _ state: RunProgressBoard.State, unreachable message: String,
        until: Timestamp?, _ connection: PostgresConnection
    ) async throws {
        let run = record.run
        let deadline = Self.deadline(run, settings.sources.first { $0.name == run.source })
        guard run.now < deadline else {
            say(.error, run.id, "failed: \(message)")
            _ = try await record.close(
                .failed, error: message, counts: state.counts, badRows: state.badRows, connection)
            return
        }
        say(.warning, run.id, "waits: \(message)")
        let pause = until.map { $0.since(apply.now()) } ?? settings.lookAgain
        do {
            try await record.wait(
                until: deadline, again: max(pause, settings.lookAgain), error: message, connection)
        } catch RunEnd.cancelled {
            _ = try await record.close(
                .cancelled, counts: state.counts, badRows: state.badRows, connection)
        }
    }

    /// A line about a run.
    private nonisolated func say(_ level: EngineLog.Level, _ run: Int64, _ words: String) {
        log(level, "run", "run \(run) \(words)", .run(run))
    }

    private func heartbeat(_ record: RunRecord, _ board: RunProgressBoard) async {
        while !Task.isCancelled {
            do {
                try await control.withConnection(patience: .seconds(1)) { connection in
                    try await record.renew(board, connection)
                }
            } catch {
                if Task.isCancelled { return }
                say(
                    .warning, record.run.id,
                    "cannot renew its lease: \(CatalogConsumer.words(error))")
            }
            try? await Task.sleep(for: .milliseconds(500))
        }
    }

    /// Writes down how the run ended.
    private func leave(_ record: RunRecord, _ board: RunProgressBoard, _ end: RunEnd) async {
        let state = board.snapshot
        let id = record.run.id
        while true {
            do {
                try await control.withConnection(patience: .seconds(2)) { connection in
                    switch end {
                    case .leaseLost:
                        self.say(.warning, id, "is no longer this engine's")
                    case .stopping:
                        try await record.release(connection)
                    case .interrupted(let message):
                        self.say(.warning, id, "begins anew: \(message)")
                        try await record.release(wasLost: true, connection)
                    case .cancelled:
                        _ = try await record.close(
                            .cancelled, counts: state.counts, badRows: state.badRows, connection)
                    case .failed(let message):
                        self.say(.error, id, "failed: \(message)")
                        _ = try await record.close(
                            .failed, error: message, counts: state.counts, badRows: state.badRows,
                            connection)
                    case .unreachable(let message, let until):
                        try await self.leave(
                            record, state, unreachable: message, until: until, connection)
                    case .asks(let findings, let figures):
                        self.say(.warning, id, "waits for a decision")
                        _ = try await record.close(
                            .awaitingDecision, findings: findings, figures: figures,
                            counts: state.counts, badRows: state.badRows, connection)
                    }
                }
                return
            } catch let error as PostgresError where error.verdict == .infrastructure {
                // Left alone it is taken up once its lease has run out.
                if isStopping { return }
                try? await Task.sleep(for: .milliseconds(500))
            } catch {
                say(.error, id, "is not closed: \(CatalogConsumer.words(error))")
                return
            }
        }
    }
}
