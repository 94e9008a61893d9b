import Postgres
import Probes

/// Removes what is older than its rule keeps it, in small transactions that the leader alone makes.
///
/// Flows in: `keeping_state`, which says how far each rule's pass has come. Flows out: rows that
/// are gone, and the state moved on in the same transaction. A pass that is cut off, by the end of
/// the process or of the term, goes on where it was when the job is started next, in whichever
/// engine leads then.
struct CleanUp: Sendable {
    let name = "clean-up"
    let session: PostgresSession
    let settings: KeepingSettings
    let log: EngineLog
    /// By turns it works so long, and rests so long: applying goes first.
    var work: Duration = .seconds(2)
    var rest: Duration = .seconds(8)
    /// What is not done by then is done the next time.
    var longest: Duration = .seconds(3_000)

    /// Makes the passes that are due.
    ///
    /// - Returns: what has gone, in words.
    /// - Throws: `CleanUpTrouble`, once the others are done, if a rule could not be carried out.
    func carryOut(_ term: LeaderTerm) async throws -> String {
        let before = try await states()
        let clock = ContinuousClock()
        let end = clock.now + longest
        var pause = clock.now + work
        var hasEnded = false
        while clock.now < end {
            try Task.checkCancellation()
            guard let rule = try await nextStep(term) else {
                hasEnded = true
                break
            }
            if clock.now >= pause {
                try await Task.sleep(for: rest)
                pause = clock.now + work
            } else if rule == .dedupe {
                try await Task.sleep(for: .milliseconds(5))
            }
        }
        let outcome = CleanUpOutcome(before: before, after: try await states())
        if let trouble = outcome.trouble { throw CleanUpTrouble(description: trouble) }
        return outcome.words + (hasEnded ? "" : "; the rest goes next time")
    }

    private func states() async throws -> [KeepingState] {
        try await session.withConnection(patience: .seconds(5)) { connection in
            try await KeepingState.load(connection).rules
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
        let note = "\(KeepingState.failureMark)\(error.message)"
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
        case .alerts: WindowTask(sql: EngineSQL.keepAlerts)
        case .replays: WindowTask(sql: EngineSQL.keepReplays)
        case .syncJobs: WindowTask(sql: EngineSQL.keepSyncJobs)
        case .reconciliationEvents: WindowTask(sql: EngineSQL.keepReconciliationEvents)
        }
    }
}
