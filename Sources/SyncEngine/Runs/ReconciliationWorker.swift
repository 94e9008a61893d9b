import Postgres
import Probes

/// Takes runs and carries them out, one after the other, until it is told to stop.
///
/// What flows in: rows of `sync_runs` that wait, or whose engines fell silent. What flows out: the
/// states in which they are left. A run whose file is not there yet is let go and looked at again.
actor ReconciliationWorker: EngineService {
    /// An engine that dies so often over one run is not given to it again.
    static let lastDeath: Int64 = 3

    let settings: ReconciliationSettings
    let apply: ApplyContext
    let engineID: Int64
    private let onlyRun: Int64?
    let control: PostgresSession
    let work: PostgresSession
    let stores: SourceStores
    let compare: FileRun.Compare
    let log: EngineLog
    private let wakeup = Wakeup()
    private(set) var isStopping = false
    private var board: RunProgressBoard?

    /// - Parameter onlyRun: the only run that it takes; nil for all that wait.
    init(
        settings: ReconciliationSettings, apply: ApplyContext, engineID: Int64,
        only onlyRun: Int64? = nil, control: PostgresSession, work: PostgresSession,
        stores: SourceStores, compare: @escaping FileRun.Compare, log: EngineLog
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
                    .text(ReconciliationKind.catalogFile.rawValue),
                ])
            return try rows.first.map { row throws(PostgresError) in try ClaimedRun(row: row) }
        }
    }

    /// Closes runs whose engines fell silent for good, with what they have recorded.
    private func sweep(_ connection: PostgresConnection) async throws {
        let parameters: [PostgresValue] = [
            .int(Self.lastDeath), .double(settings.takeUpWithin / .seconds(1)),
            .text(ReconciliationKind.catalogFile.rawValue),
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

    /// A line about a run.
    nonisolated func say(_ level: EngineLog.Level, _ run: Int64, _ words: String) {
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
                    "cannot renew its lease: \(error)")
            }
            try? await Task.sleep(for: .milliseconds(500))
        }
    }
}
