import Postgres
import Probes

/// How far a rule's pass has come.
struct KeepingState: Sendable, Equatable {
    /// How the note of a pass begins that the database refused.
    static let failureMark = "failed: "

    var rule: KeepingRule
    /// Nil between passes.
    var position: String?
    var horizon: Timestamp?
    var endedAt: Timestamp?
    var removed: Int64 = 0
    var removedTotal: Int64 = 0
    var note: String?
    var requestedAt: Timestamp?

    /// When its next pass begins at the earliest, if the job is due then; nil while one is wanted or
    /// under way, or the schedule has no such job.
    func next(due: Timestamp?) -> Timestamp? {
        guard position == nil, requestedAt == nil, let due else { return nil }
        return max(due, endedAt?.advanced(by: rule.pause) ?? due)
    }

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
