import Postgres
import Probes

/// Starts what is due, once, for all engines.
///
/// What flows in: the entries of the configuration, their rows, the server's clock. What flows out:
/// in one transaction that ends with `Leadership.check`, what was started and that it was.
actor ScheduleDuty: LeaderDuty {
    /// What time the server has; asked on the connection that decides.
    typealias Clock = @Sendable (PostgresConnection) async throws -> Timestamp

    nonisolated let name = "schedule"
    nonisolated let interval = Duration.seconds(1)
    private let entries: [ScheduleEntry]
    private let jobs: [ScheduledJobKind: any ScheduledJob]
    private let session: PostgresSession
    private let clock: Clock
    private let log: EngineLog
    /// Longer work under way, by entry.
    private var working: [String: Task<Void, Never>] = [:]

    init(
        entries: [ScheduleEntry], jobs: [any ScheduledJob], session: PostgresSession,
        clock: @escaping Clock = ScheduleDuty.serverClock, log: EngineLog
    ) {
        self.entries = entries
        self.jobs = Dictionary(jobs.map { ($0.kind, $0) }) { first, _ in first }
        self.session = session
        self.clock = clock
        self.log = log
    }

    static let serverClock: Clock = { connection in
        let row = try await connection.query(EngineSQL.scheduleClock).only()
        return Timestamp(microseconds: try row.timestamp(0))
    }

    func carryOut(_ term: LeaderTerm) async throws {
        let begun = try await session.withConnection(patience: .seconds(1)) { connection in
            // Nothing is due nearly always: then nothing is locked either.
            guard !(try await self.plan(isLocking: false, connection).steps.isEmpty) else {
                return [Begun]()
            }
            return try await connection.transaction { connection in
                let plan = try await self.plan(isLocking: true, connection)
                let begun = try await self.start(plan, connection)
                Failpoint.reach(.scheduleStarted)
                try await Leadership.check(term, connection)
                return begun
            }
        }
        for begun in begun { report(begun, term) }
    }

    func end() async {
        let tasks = Array(working.values)
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }

    private func plan(
        isLocking: Bool, _ connection: PostgresConnection
    ) async throws -> SchedulePlan {
        let states = try await ScheduleRows.load(isLocking: isLocking, connection)
        let now = try await clock(connection)
        return SchedulePlan(
            entries: entries, states: states, now: now, working: Set(working.keys))
    }

    // MARK: Starting

    /// What was started, and waits for the commit.
    private struct Begun: Sendable {
        var state: ScheduleState
        var outcome: ScheduledOutcome
    }

    private func start(
        _ plan: SchedulePlan, _ connection: PostgresConnection
    ) async throws -> [Begun] {
        var states: [ScheduleState] = []
        var begun: [Begun] = []
        for step in plan.steps {
            var state = step.state
            if let start = step.start {
                let outcome = try await outcome(of: start, connection)
                state.note(outcome, wasDue: start.dueAt != nil)
                begun.append(Begun(state: state, outcome: outcome))
            }
            states.append(state)
        }
        try await connection.pipeline([ScheduleRows.store(states)])
        return begun
    }

    private func outcome(
        of start: ScheduledStart, _ connection: PostgresConnection
    ) async throws -> ScheduledOutcome {
        guard working[start.name] == nil else {
            return .refused(message: "it is still under way from the last time")
        }
        guard let entry = entries.first(where: { $0.name == start.name }),
            let job = jobs[entry.job]
        else { return .refused(message: "this engine does not know such a job") }
        try await connection.query("SAVEPOINT job", isPrepared: false)
        do {
            let outcome = try await job.start(start, connection)
            try await connection.query("RELEASE SAVEPOINT job", isPrepared: false)
            return outcome
        } catch let error as PostgresError where error.verdict != .infrastructure {
            try await connection.query("ROLLBACK TO SAVEPOINT job", isPrepared: false)
            return .failed(message: "\(error)")
        }
    }

    private func report(_ begun: Begun, _ term: LeaderTerm) {
        let name = begun.state.name
        switch begun.outcome {
        case .run(let id, let message):
            log(.notice, "schedule", "\(name): \(message)", .run(id))
        case .done(let message):
            log(.notice, "schedule", "\(name): \(message)")
        case .refused(let message):
            log(.warning, "schedule", "\(name) was not started: \(message)")
        case .failed(let message):
            log(.error, "schedule", "\(name) failed: \(message)")
        case .work(let work):
            log(.notice, "schedule", "\(name) begins")
            working[name] = Task { await self.carryOut(work, begun.state, term) }
        }
    }

    // MARK: Longer work

    private func carryOut(
        _ work: @Sendable (LeaderTerm) async throws -> String, _ state: ScheduleState,
        _ term: LeaderTerm
    ) async {
        var result = ScheduleState.Result.done
        var message: String
        do {
            message = try await work(term)
            log(.notice, "schedule", "\(state.name): \(message)")
        } catch is CancellationError {
            result = .failed
            message = "broken off: the engine stops"
            log(.notice, "schedule", "\(state.name) is \(message)")
        } catch {
            result = .failed
            message = "\(error)"
            log(.error, "schedule", "\(state.name) failed: \(message)")
        }
        do {
            // Also of work that was cancelled, and with it this task.
            try await Task { [result, message] in
                try await self.noteEnd(of: state, result, message, term)
            }.value
        } catch {
            log(.warning, "schedule", "\(state.name): \(error)")
        }
        working[state.name] = nil
    }

    private func noteEnd(
        of state: ScheduleState, _ result: ScheduleState.Result, _ message: String,
        _ term: LeaderTerm
    ) async throws {
        try await session.withConnection(patience: .seconds(5)) { connection in
            try await connection.transaction { connection in
                try await connection.query(
                    EngineSQL.scheduleEnded,
                    [
                        .text(state.name), .timestamp(ifPresent: state.lastStartedAt?.microseconds),
                        .text(result.rawValue), .text(message),
                    ])
                try await Leadership.check(term, connection)
            }
        }
    }
}

extension ScheduleState {
    /// Notes what came of starting it.
    fileprivate mutating func note(_ outcome: ScheduledOutcome, wasDue: Bool) {
        lastEndedAt = lastStartedAt
        switch outcome {
        case .run(let id, let message):
            (lastResult, lastMessage, lastRunID, lastEndedAt) = (.started, message, id, nil)
        case .done(let message):
            (lastResult, lastMessage, lastRunID) = (.done, message, nil)
        case .work:
            (lastResult, lastMessage, lastRunID, lastEndedAt) = (.started, nil, nil, nil)
        case .refused(let message):
            (lastResult, lastMessage) = (.refused, message)
            if wasDue { missedTotal += 1 }
        case .failed(let message):
            (lastResult, lastMessage) = (.failed, message)
            if wasDue { missedTotal += 1 }
        }
    }
}
