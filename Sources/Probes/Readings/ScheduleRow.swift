/// A job of the schedule, as the leader planned it last.
package struct ScheduleRow: Sendable, Equatable, Identifiable, Codable {
    package var name: String
    package var job: String
    package var source: String?
    package var cron: String
    /// An IANA name.
    package var timeZone: String
    package var state: ScheduleEntryState
    package var nextDueAt: Timestamp?
    /// How far the zone's clock is ahead of UTC then, in seconds.
    package var nextDueOffset: Int?
    /// For which time it was started last.
    package var lastDueAt: Timestamp?
    package var lastStartedAt: Timestamp?
    package var lastEndedAt: Timestamp?
    /// The state of the run that it started last, or `started`, `done`, `refused`, `failed`.
    package var lastResult: String?
    package var lastMessage: String?
    package var lastRunID: Int64?
    /// How often it was due and not started.
    package var missedTotal: Int64
    package var pausedAt: Timestamp?
    package var pausedBy: String?
    package var pausedReason: String?
    /// A person wants it now, and the leader has not seen it yet.
    package var requestedBy: String?

    package init(
        name: String, job: String, source: String? = nil, cron: String, timeZone: String,
        state: ScheduleEntryState = .scheduled, nextDueAt: Timestamp? = nil,
        nextDueOffset: Int? = nil, lastDueAt: Timestamp? = nil, lastStartedAt: Timestamp? = nil,
        lastEndedAt: Timestamp? = nil, lastResult: String? = nil, lastMessage: String? = nil,
        lastRunID: Int64? = nil, missedTotal: Int64 = 0, pausedAt: Timestamp? = nil,
        pausedBy: String? = nil, pausedReason: String? = nil, requestedBy: String? = nil
    ) {
        self.name = name
        self.job = job
        self.source = source
        self.cron = cron
        self.timeZone = timeZone
        self.state = state
        self.nextDueAt = nextDueAt
        self.nextDueOffset = nextDueOffset
        self.lastDueAt = lastDueAt
        self.lastStartedAt = lastStartedAt
        self.lastEndedAt = lastEndedAt
        self.lastResult = lastResult
        self.lastMessage = lastMessage
        self.lastRunID = lastRunID
        self.missedTotal = missedTotal
        self.pausedAt = pausedAt
        self.pausedBy = pausedBy
        self.pausedReason = pausedReason
        self.requestedBy = requestedBy
    }

    package var id: String { name }
}

package enum ScheduleEntryState: String, Sendable, CaseIterable, Codable {
    case scheduled, paused
    /// The configuration lacks it.
    case retired
}
