import Postgres

/// Cleaning up as a job of the schedule.
struct CleanUpJob: ScheduledJob {
    let kind = ScheduledJobKind.cleanUp
    let cleaning: CleanUp

    func start(
        _ start: ScheduledStart, _ connection: PostgresConnection
    ) async throws -> ScheduledOutcome {
        if let person = start.requestedBy {
            // Who wants it now means all of it, unless they have said which rules.
            let rules = try await KeepingState.load(connection).rules
            if rules.allSatisfy({ $0.requestedAt == nil }) {
                try await connection.query(
                    EngineSQL.keepRequest, [.textArray(rules.map(\.rule.rawValue)), .text(person)])
            }
        }
        let cleaning = cleaning
        return .work { term in try await cleaning.carryOut(term) }
    }
}

/// What came of cleaning up, from what is known of the rules before and after.
struct CleanUpOutcome: Equatable {
    /// What has gone.
    let words: String
    /// What could not be carried out; nil if all could.
    let trouble: String?

    init(before: [KeepingState], after: [KeepingState]) {
        let earlier = Dictionary(before.map { ($0.rule, $0) }) { first, _ in first }
        let gone = after.compactMap { state -> String? in
            let removed = state.removedTotal - (earlier[state.rule]?.removedTotal ?? 0)
            return removed > 0 ? "\(state.rule.rawValue) \(removed)" : nil
        }
        words = gone.isEmpty ? "nothing had to go" : "gone: " + gone.joined(separator: ", ")
        let failed = after.compactMap { state -> String? in
            guard let note = state.note, note.hasPrefix(KeepingState.failureMark),
                state.endedAt != earlier[state.rule]?.endedAt
            else { return nil }
            return "\(state.rule.rawValue) \(note)"
        }
        trouble = failed.isEmpty ? nil : failed.joined(separator: "; ") + "; \(words)"
    }
}

/// That a rule could not be carried out, in words.
struct CleanUpTrouble: Error, CustomStringConvertible {
    let description: String
}
