import Postgres
import Probes

/// What is known of an entry: its row of `schedule_entries`.
struct ScheduleState: Sendable, Equatable {
    var name: String
    // As the leader read them last.
    var job: String
    var source: String?
    var cron: String
    var timeZone: String
    /// What was due until then is not caught up.
    var plannedAt: Timestamp
    /// Nil if it is never due, is no longer configured, or has to be planned.
    private(set) var nextDueAt: Timestamp?
    /// How far the zone's clock is ahead of UTC then, in seconds.
    private(set) var nextDueOffset: Int32?
    var lastDueAt: Timestamp?
    var lastStartedAt: Timestamp?
    var lastEndedAt: Timestamp?
    var lastResult: Result?
    var lastMessage: String?
    var lastRunID: Int64?
    /// How often it was due and not started.
    var missedTotal: Int64 = 0
    var pausedAt: Timestamp?
    var pausedBy: String?
    var isRetired = false
    var requestedAt: Timestamp?
    var requestedBy: String?
    var requestedReason: String?

    /// What came of starting it last; how a run ends stands in its own row.
    enum Result: String, Sendable {
        case started = "STARTED"
        case done = "DONE"
        case refused = "REFUSED"
        case failed = "FAILED"
    }

    /// One that was not known before.
    init(_ entry: ScheduleEntry, plannedAt: Timestamp) {
        name = entry.name
        job = entry.job.rawValue
        source = entry.source
        cron = entry.cron.text
        timeZone = entry.timeZone
        self.plannedAt = plannedAt
        plan(entry, after: plannedAt)
    }

    /// From a row of `schedule_load.sql`.
    init(row: PostgresRow) throws(PostgresError) {
        func moment(_ column: String) throws(PostgresError) -> Timestamp? {
            try row.timestamp(ifPresent: column).map(Timestamp.init(microseconds:))
        }
        name = try row.string("name")
        job = try row.string("job")
        source = try row.string(ifPresent: "source")
        cron = try row.string("cron")
        timeZone = try row.string("time_zone")
        plannedAt = Timestamp(microseconds: try row.timestamp("planned_at"))
        nextDueAt = try moment("next_due_at")
        nextDueOffset = try row.int(ifPresent: "next_due_offset").map(Int32.init(clamping:))
        lastDueAt = try moment("last_due_at")
        lastStartedAt = try moment("last_started_at")
        lastEndedAt = try moment("last_ended_at")
        lastResult = try row.string(ifPresent: "last_result").flatMap(Result.init)
        lastMessage = try row.string(ifPresent: "last_message")
        lastRunID = try row.int(ifPresent: "last_run_id")
        missedTotal = try row.int("missed_total")
        pausedAt = try moment("paused_at")
        pausedBy = try row.string(ifPresent: "paused_by")
        isRetired = try !row.isNull("retired_at")
        requestedAt = try moment("requested_at")
        requestedBy = try row.string(ifPresent: "requested_by")
        requestedReason = try row.string(ifPresent: "requested_reason")
    }

    var isPaused: Bool { pausedAt != nil }

    mutating func plan(_ entry: ScheduleEntry, after moment: Timestamp) {
        nextDueAt = entry.next(after: moment)
        nextDueOffset = nextDueAt.map {
            Int32(clamping: entry.calendar.secondsFromUTC($0))
        }
    }

    /// It has to be planned anew, or is not to be due any more.
    mutating func unplan() {
        nextDueAt = nil
        nextDueOffset = nil
    }

    /// Whether it is what the configuration says now.
    func matches(_ entry: ScheduleEntry) -> Bool {
        job == entry.job.rawValue && source == entry.source && cron == entry.cron.text
            && timeZone == entry.timeZone
    }
}
