import Postgres
import Probes

/// Takes runs with agents and carries them out, some at a time, until it is told to stop.
///
/// What flows in: rows of `sync_runs` of the kind `agent_items` that wait, or whose engines fell
/// silent. What flows out: the states in which they are left. A run whose agent does not answer is let
/// go with what it knows, and taken again a little later.
actor AgentReconciliationWorker: EngineService {
    let settings: AgentReconciliationSettings
    private let agent: any AgentQuestions
    private let mappings: CodeMappings
    let control: PostgresSession
    let desk: RunDesk
    private let lanes: [Lane]
    private let log: EngineLog
    private(set) var isStopping = false
    private var boards: [Int: RunProgressBoard] = [:]
    private var begun = 0

    /// Carries out one run at a time.
    private struct Lane: Sendable {
        let session: PostgresSession
        let wakeup = Wakeup()
    }

    /// - Parameters:
    ///   - control: for leases.
    ///   - lanes: for the work of one run each.
    init(
        settings: AgentReconciliationSettings, engineID: Int64, agent: any AgentQuestions,
        mappings: CodeMappings, control: PostgresSession, lanes: [PostgresSession], log: EngineLog
    ) {
        self.settings = settings
        self.agent = agent
        self.mappings = mappings
        self.control = control
        desk = RunDesk(
            kind: .agentItems, engineID: engineID, lease: settings.lease,
            takeUpWithin: settings.takeUpWithin, session: control, log: log)
        self.lanes = lanes.map { Lane(session: $0) }
        self.log = log
    }

    /// Looks twice a second.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            for lane in lanes { group.addTask { await self.work(lane) } }
        }
    }

    /// Runs in hand are handed over after their next answer.
    func stop() {
        isStopping = true
        for board in boards.values { board.update { $0.isStopping = true } }
        for lane in lanes { lane.wakeup.wake() }
    }

    private func work(_ lane: Lane) async {
        var outage = OutageLog(log, part: "run", effect: "runs with agents are not looked for")
        while !isStopping {
            do {
                while !isStopping, let run = try await desk.claim() {
                    outage.answered()
                    await carryOut(run, lane.session)
                }
                outage.answered()
            } catch {
                outage.failed(error)
            }
            if !isStopping { await lane.wakeup.wait(atMost: .milliseconds(500)) }
        }
    }

    // MARK: One run

    private func carryOut(_ run: ClaimedRun, _ lane: PostgresSession) async {
        let board = RunProgressBoard()
        // Not by the run's id: one that was lost may be taken by another lane while this one ends.
        begun += 1
        let number = begun
        boards[number] = board
        defer { boards[number] = nil }
        if isStopping { board.update { $0.isStopping = true } }
        let record = desk.record(of: run)
        let beat = Task { await desk.hold(record, board) }
        defer { beat.cancel() }
        let work = Task { try await self.compare(run, record, board, lane) }
        board.whenBrokenOff { work.cancel() }
        do {
            try await work.value
        } catch {
            let pause = error as? AgentPause
            let end = board.snapshot.end ?? pause?.end ?? end(of: run, after: error, board)
            await leave(record, board, end, pause?.checkpoint)
        }
    }

    private func compare(
        _ run: ClaimedRun, _ record: RunRecord, _ board: RunProgressBoard, _ lane: PostgresSession
    ) async throws {
        let stored = try run.checkpoint.map { try JSONDocument($0) }.map {
            AgentCheckpoint($0.root, rules: settings.narrowing)
        }
        let state =
            stored?.takenUp(at: run.now, rememberingFor: settings.rememberFor) ?? AgentCheckpoint()
        board.update { board in
            board.counts = state.runCounts
            board.badRows = state.counts.failed
        }
        try await control.withConnection { connection in
            try await record.begin(asOf: run.asOf ?? run.now, connection)
        }
        desk.say(.notice, run.id, "compares the items of \(run.source) with its agent")
        let end = ContinuousClock.now + Self.latestEnd(run, settings).since(run.now)
        let outcome = try await AgentRun(
            record: record, settings: settings, session: lane,
            line: AgentLine(vendor: run.source, run: run.id, agent: agent), mappings: mappings,
            board: board, isOverdue: { ContinuousClock.now > end }
        ).carryOut(state)
        try await control.withConnection { connection in
            let isOurs = try await record.close(
                outcome.state, error: outcome.trouble, counts: outcome.checkpoint.runCounts,
                badRows: outcome.checkpoint.counts.failed, connection)
            self.desk.say(
                isOurs ? .notice : .warning, run.id,
                isOurs ? "ended: \(outcome.state.rawValue)" : "was taken away")
        }
    }
}
