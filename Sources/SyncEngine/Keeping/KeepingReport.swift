import Postgres
import Probes

/// What each rule keeps, what would go now, and what went last.
package struct KeepingReport: Sendable, Equatable {
    package struct Line: Sendable, Equatable {
        package var rule: KeepingRule
        package var period: Duration
        /// What is older goes.
        package var before: Timestamp
        /// Rows that would go; nil where only a walk could tell. Counted up to 100 001.
        package var goes: Int64?
        /// What the disk gets back at once.
        package var bytes: Int64?
        /// What may not go, and why; or what was left last time.
        package var note: String?
        package var isRunning: Bool
        package var lastEndedAt: Timestamp?
        package var lastRemoved: Int64
        package var removedTotal: Int64
        /// By the schedule; nil while a pass is wanted or under way, and while the job is paused.
        package var nextAt: Timestamp?
    }

    package var lines: [Line]
    /// Who has paused the job; nil if nobody has.
    package var pausedBy: String?
    /// Event ids from before this are not known any more.
    package var dedupeHorizon: Timestamp?

    /// Looks, and changes nothing. Throws `PostgresError`.
    package static func take(
        _ settings: KeepingSettings, _ connection: PostgresConnection
    ) async throws -> KeepingReport {
        let states = try await KeepingState.load(connection)
        let now = states.now
        func before(_ rule: KeepingRule) -> Timestamp {
            now.advanced(by: .zero - settings.period(rule))
        }
        let counts = try await connection.query(
            EngineSQL.keepCounts,
            [
                KeepingRule.deadLetters, .reviews, .outbox, .runs, .engines, .notices, .eventLog,
                .alerts, .replays, .syncJobs, .reconciliationEvents,
            ].map { .timestamp(before($0).microseconds) }
        ).only()
        let plan = try await connection.query(EngineSQL.keepPlan).first
        let pausedBy = try plan?.string(ifPresent: "paused_by")
        let due = try plan?.timestamp(ifPresent: "next_due_at").map(Timestamp.init(microseconds:))
        let log = try await months(before: min(before(.eventLog), before(.dedupe)), connection)
        var lines: [Line] = []
        for state in states.rules {
            var line = Line(
                rule: state.rule, period: settings.period(state.rule), before: before(state.rule),
                note: state.note, isRunning: state.position != nil, lastEndedAt: state.endedAt,
                lastRemoved: state.removed, removedTotal: state.removedTotal,
                nextAt: pausedBy == nil ? state.next(due: due) : nil)
            switch state.rule {
            case .eventLog:
                line.goes = log.rows + (try counts.int("events_without_month"))
                line.bytes = log.bytes
                line.note = log.held ?? line.note
            case .dedupe: break
            default: line.goes = try counts.int(state.rule.rawValue)
            }
            lines.append(line)
        }
        return KeepingReport(
            lines: lines, pausedBy: pausedBy,
            dedupeHorizon: states.rules.first { $0.rule == .dedupe }?.horizon)
    }

    private static func months(
        before: Timestamp, _ connection: PostgresConnection
    ) async throws -> (rows: Int64, bytes: Int64, held: String?) {
        var (rows, bytes): (Int64, Int64) = (0, 0)
        var held: [String] = []
        for row in try await connection.query(EngineSQL.keepMonths) {
            let month = try EventLogMonth(row: row)
            guard month.endsAt <= before else { break }
            if let why = try await month.whyHeld(connection) {
                held.append("\(month.name) is held by \(why)")
            } else {
                rows += month.rows
                bytes += month.bytes
            }
        }
        return (rows, bytes, held.isEmpty ? nil : held.joined(separator: "; "))
    }
}
