import Postgres
import Probes

/// Removes what is older than its rule keeps it, in small transactions that the leader alone makes.
///
/// Flows in: `keeping_state`, which says how far each rule's pass has come. Flows out: rows that
/// are gone, and the state moved on in the same transaction. A pass that is cut off, by the end of
/// the process or of the term, goes on where it was, in whichever engine leads then.
struct CleanUp: LeaderDuty {
    let name = "clean-up"
    /// A look at eight rows, mostly.
    let interval: Duration = .seconds(10)
    let session: PostgresSession
    let settings: KeepingSettings
    let log: EngineLog
    /// A round works no longer than this: an engine that is told to stop stops.
    var patience: Duration = .seconds(2)

    func carryOut(_ term: LeaderTerm) async throws {
        let end = ContinuousClock.now + patience
        while .now < end, !Task.isCancelled {
            guard let rule = try await nextStep(term) else { return }
            // Applying goes first: it gets the disk between two steps.
            if rule == .dedupe { try await Task.sleep(for: .milliseconds(5)) }
        }
    }

    /// Makes one step of the first rule that has one to make; nil if all rest.
    @discardableResult
    func nextStep(_ term: LeaderTerm) async throws -> KeepingRule? {
        try await session.withConnection(patience: .seconds(5)) { connection in
            let states = try await KeepingState.load(connection)
            guard let state = states.rules.first(where: { $0.isDue(at: states.now) }) else {
                return nil
            }
            do {
                try await step(state, at: states.now, term, connection)
            } catch let error as PostgresError where error.kind == .server {
                // What goes wrong with one rule, such as a grant that is missing, must not keep the
                // others from their work.
                try await giveUp(state.rule, error, term, connection)
            }
            return state.rule
        }
    }

    /// Ends the pass; the next one tries again.
    private func giveUp(
        _ rule: KeepingRule, _ error: PostgresError, _ term: LeaderTerm,
        _ connection: PostgresConnection
    ) async throws {
        let note = "failed: \(error.message)"
        try await connection.transaction { connection in
            try await connection.query(
                EngineSQL.keepBegin, [.text(rule.rawValue), .null])
            try await connection.query(
                EngineSQL.keepStep, [.text(rule.rawValue), .null, .int(0), .text(note)])
            try await Leadership.check(term, connection)
        }
        log(.warning, name, "\(rule.rawValue) \(note)")
    }

    private func step(
        _ state: KeepingState, at now: Timestamp, _ term: LeaderTerm,
        _ connection: PostgresConnection
    ) async throws {
        let rule = state.rule
        let before = now.advanced(by: .zero - settings.period(rule))
        let task = task(of: rule, at: now)
        let isNew = state.position == nil
        // Nothing goes that the horizon does not cover, and nothing that is to be kept by now.
        let horizon = isNew ? before : min(before, state.horizon ?? before)
        let step = try await connection.transaction { connection in
            if isNew {
                try await connection.query(
                    EngineSQL.keepBegin, [.text(rule.rawValue), .timestamp(before.microseconds)])
            }
            let step = try await task.step(
                from: state.position ?? "", before: horizon, connection)
            try await connection.query(
                EngineSQL.keepStep,
                [
                    .text(rule.rawValue), .text(ifPresent: step.position), .int(step.removed),
                    .text(ifPresent: Self.note(isNew ? nil : state.note, step.note)),
                ])
            Failpoint.reach(.cleaningUp)
            try await Leadership.check(term, connection)
            return step
        }
        if step.position == nil {
            let removed = (isNew ? 0 : state.removed) + step.removed
            if removed > 0 { log(.notice, name, "\(rule.rawValue): \(removed) rows have gone") }
            if let note = Self.note(isNew ? nil : state.note, step.note) {
                log(.notice, name, note)
            }
        }
    }

    private static func note(_ earlier: String?, _ newer: String?) -> String? {
        let notes = [earlier, newer].compactMap { $0 }
        return notes.isEmpty ? nil : String(notes.joined(separator: "; ").prefix(1_000))
    }

    private func task(of rule: KeepingRule, at now: Timestamp) -> any KeepingTask {
        switch rule {
        case .eventLog:
            EventLogTask(dedupeBefore: now.advanced(by: .zero - settings.period(.dedupe)))
        case .dedupe: ClaimSweep()
        case .deadLetters: WindowTask(sql: EngineSQL.keepLetters)
        case .reviews: WindowTask(sql: EngineSQL.keepReviews)
        case .outbox: WindowTask(sql: EngineSQL.keepOutbox)
        case .runs: WindowTask(sql: EngineSQL.keepRuns)
        case .engines: WindowTask(sql: EngineSQL.keepEngines)
        case .notices: WindowTask(sql: EngineSQL.keepNotices)
        }
    }
}

/// How far a rule's pass has come.
struct KeepingState: Sendable, Equatable {
    var rule: KeepingRule
    /// Nil between passes.
    var position: String?
    var horizon: Timestamp?
    var endedAt: Timestamp?
    var removed: Int64 = 0
    var removedTotal: Int64 = 0
    var note: String?
    var requestedAt: Timestamp?

    func isDue(at now: Timestamp) -> Bool {
        if position != nil || requestedAt != nil { return true }
        guard let endedAt else { return true }
        // A clock that was set back must not put cleaning up off for long.
        return now >= endedAt.advanced(by: rule.pause)
            || now < endedAt.advanced(by: .zero - rule.pause)
    }

    /// Of all rules, in the order in which they are carried out.
    static func load(
        _ connection: PostgresConnection
    ) async throws(PostgresError) -> (rules: [KeepingState], now: Timestamp) {
        var known: [String: PostgresRow] = [:]
        for row in try await connection.query(EngineSQL.keepState) {
            known[try row.string("rule")] = row
        }
        var rules: [KeepingState] = []
        for rule in KeepingRule.allCases {
            guard let row = known[rule.rawValue] else {
                rules.append(KeepingState(rule: rule))
                continue
            }
            rules.append(try KeepingState(rule: rule, row: row))
        }
        let now = try await connection.query(EngineSQL.keepClock).only().timestamp(0)
        return (rules, Timestamp(microseconds: now))
    }

    private init(rule: KeepingRule) {
        self.rule = rule
    }

    private init(rule: KeepingRule, row: PostgresRow) throws(PostgresError) {
        self.rule = rule
        position = try row.string(ifPresent: "position")
        horizon = try Self.time(row, "horizon")
        endedAt = try Self.time(row, "ended_at")
        removed = try row.int("removed")
        removedTotal = try row.int("removed_total")
        note = try row.string(ifPresent: "note")
        requestedAt = try Self.time(row, "requested_at")
    }

    private static func time(
        _ row: PostgresRow, _ column: String
    ) throws(PostgresError) -> Timestamp? {
        guard let microseconds = try row.timestamp(ifPresent: column) else { return nil }
        return Timestamp(microseconds: microseconds)
    }
}
