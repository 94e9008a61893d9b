import Postgres
import Probes

/// Takes runs and carries them out, one after the other, until it is told to stop.
///
/// What flows in: rows of `sync_runs` that wait, or whose engines fell silent. What flows out: the
/// states in which they are left. A run whose file is not there yet is let go and looked at again.
actor ReconciliationWorker: EngineService {
    let settings: ReconciliationSettings
    let apply: ApplyContext
    let engineID: Int64
    private let onlyRun: Int64?
    let control: PostgresSession
    let desk: RunDesk
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
        desk = RunDesk(
            kind: .catalogFile, engineID: engineID, lease: settings.lease,
            takeUpWithin: settings.takeUpWithin, session: control, log: log)
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
                let sources = settings.sources.map(\.name)
                while !isStopping, let run = try await desk.claim(from: sources, only: onlyRun) {
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

    // MARK: One run

    private func carryOut(_ run: ClaimedRun) async {
        guard let source = settings.sources.first(where: { $0.name == run.source }) else { return }
        let board = RunProgressBoard()
        self.board = board
        defer { self.board = nil }
        if isStopping { board.update { $0.isStopping = true } }
        let record = desk.record(of: run)
        let beat = Task { await desk.hold(record, board) }
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
}
