/// Something that a runbook asks the readings: `kafka.reachable`, `runs.last ES`.
package struct RunbookCheck: Sendable, Hashable, CustomStringConvertible {
    package enum Subject: String, Sendable, CaseIterable {
        case databaseReachable = "database.reachable"
        case databaseLatency = "database.latency"
        case databaseWaits = "database.waits"
        case kafkaReachable = "kafka.reachable"
        case enginesLive = "engines.live"
        case enginesSilent = "engines.silent"
        case enginesLeader = "engines.leader"
        case groupMembers = "group.members"
        case consumerLag = "consumer.lag"
        case consumerTrend = "consumer.lag_trend"
        case eventsArriving = "events.arriving"
        case eventsRetrying = "events.retrying"
        case partitionsPaused = "partitions.paused"
        case gapsOpen = "gaps.open"
        case breakersOpen = "breakers.open"
        case outboxWaiting = "outbox.waiting"
        case lettersOpen = "dlq.open"
        case lettersRecent = "dlq.last_hour"
        case lettersCluster = "dlq.top_cluster"
        case reviewOpen = "review.open"
        case reviewOldest = "review.oldest"
        case runsLast = "runs.last"
        case runsDrift = "runs.drift"
        case runsAwaiting = "runs.awaiting"
        case runsWaiting = "runs.waiting"
        case scheduleNext = "schedule.next"
    }

    package var subject: Subject
    /// The source that a question about runs is confined to.
    package var source: String?

    package init(_ subject: Subject, source: String? = nil) {
        self.subject = subject
        self.source = source
    }

    /// As it stands in a page; nil if there is no such check.
    package init?(_ text: String) {
        let words = text.split(separator: " ").map(String.init)
        guard let name = words.first, let subject = Subject(rawValue: name), words.count <= 2
        else { return nil }
        guard words.count == 1 || subject.takesSource else { return nil }
        self.init(subject, source: words.count == 2 ? words[1] : nil)
    }

    package var description: String {
        ([subject.rawValue] + [source].compactMap { $0 }).joined(separator: " ")
    }
}

extension RunbookCheck.Subject {
    var takesSource: Bool {
        switch self {
        case .runsLast, .runsDrift, .runsAwaiting, .runsWaiting: true
        default: false
        }
    }

    /// Whether the answer stands in the database, which may be away.
    var needsDatabase: Bool {
        switch self {
        case .databaseReachable, .kafkaReachable: false
        default: true
        }
    }
}
