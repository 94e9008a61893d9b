/// What the overview and `status` show: one row of counts for each part.
package struct OverviewReading: Sendable, Equatable, Codable {
    package var engines: [EngineRow]
    package var lagMessages: Int?
    package var lagByTopic: [TopicLag]
    package var pausedPartitions: [PausedPartition]
    package var unacknowledgedGaps: [GapRow]
    package var reviewOpen: Int
    package var reviewOldestAt: Timestamp?
    package var reviewImpactActiveOrders: Int
    package var deadLettersOpen: Int
    package var deadLettersRetrying: Int
    package var deadLettersLastHour: Int
    /// The largest clusters of open letters, at most five.
    package var deadLetterClusters: [LetterCluster]
    package var parkedEvents: Int
    package var retryingEvents: Int
    /// Services with an event that waits for its retry, and so with what is parked behind it.
    package var parkedEntities: Int
    package var outboxUnpublished: Int
    package var outboxOldestAt: Timestamp?
    package var breakers: BreakerCounts
    package var openBreakers: [BreakerRow]
    package var alerts = AlertCounts()
    package var runsRunning: Int
    package var runsWaiting: Int
    package var runsAwaitingDecision: Int
    /// Those that ask first, then those that run; at most twenty.
    package var unfinishedRuns: [RunRow]
    /// The last finished run of each source, by source.
    package var lastRuns: [SourceRun]
    package var services: ServiceCounts
    /// Totals since the consumer's first offset; a rate is the difference of two readings.
    package var receivedTotal: Int
    package var duplicateTotal: Int
    /// When an engine gave its last sign of life; nil while one is at service, or if none ever was.
    package var lastEngineSeenAt: Timestamp?
    /// The event that has been retried for longest.
    package var oldestRetry: RetryingEvent?
    /// The jobs of the schedule, what is due next first.
    package var schedule: [ScheduleRow] = []
    /// Orders out and the agents that take them.
    package var vendors = VendorFlow()
    /// The statement of ours that waits longest for somebody else's transaction.
    package var databaseWait: DatabaseWait?

    /// Of all engines that live, over the last minutes; nil if none has decided an event.
    package var latency: LatencyReading? {
        LatencyReading(engines.filter { $0.state != .silent }.compactMap(\.latency))
    }

    package struct TopicLag: Sendable, Equatable, Codable {
        package var group: String
        package var topic: String
        package var lagMessages: Int?

        package init(group: String, topic: String, lagMessages: Int?) {
            self.group = group
            self.topic = topic
            self.lagMessages = lagMessages
        }
    }

    package struct PausedPartition: Sendable, Equatable, Codable {
        package var topic: String
        package var partition: Int
        package var reason: String
        package var by: String
        package var since: Timestamp

        package init(topic: String, partition: Int, reason: String, by: String, since: Timestamp) {
            self.topic = topic
            self.partition = partition
            self.reason = reason
            self.by = by
            self.since = since
        }
    }

    /// A source's last finished run that was meant to correct: no dry run, no revert.
    package struct SourceRun: Sendable, Equatable, Codable {
        package var run: RunRow
        /// The last of them that compared a file to its end: often `run` itself; nil if none did.
        package var compared: RunRow?
        /// The drift of the good run before `compared`; nil if there is none.
        package var earlierDriftPercent: Double?

        package init(run: RunRow, compared: RunRow?, earlierDriftPercent: Double?) {
            self.run = run
            self.compared = compared
            self.earlierDriftPercent = earlierDriftPercent
        }
    }

    /// Alerts that stand.
    package struct AlertCounts: Sendable, Equatable, Codable {
        package var firing: Int
        /// Of those that fire, the ones that nobody has acknowledged or silenced.
        package var unattended: Int
        package var pending: Int
        /// Of those that fire.
        package var critical: Int
        /// The rules of `unattended`, the gravest first.
        package var rules: [FiringRule]

        package init(
            firing: Int = 0, unattended: Int = 0, pending: Int = 0, critical: Int = 0,
            rules: [FiringRule] = []
        ) {
            self.firing = firing
            self.unattended = unattended
            self.pending = pending
            self.critical = critical
            self.rules = rules
        }
    }

    /// A rule that fires, of subjects that nobody has acknowledged or silenced.
    package struct FiringRule: Sendable, Equatable, Codable {
        package var rule: String
        package var severity: AlertSeverity
        package var subjects: Int
        /// When the first of them fired.
        package var since: Timestamp
        /// The newest of them; empty where the rule has only one.
        package var subject: String
        package var summary: String
        package var details: String?
        package var runbook: String?

        package init(
            rule: String, severity: AlertSeverity, subjects: Int = 1, since: Timestamp,
            subject: String = "", summary: String, details: String? = nil, runbook: String? = nil
        ) {
            self.rule = rule
            self.severity = severity
            self.subjects = subjects
            self.since = since
            self.subject = subject
            self.summary = summary
            self.details = details
            self.runbook = runbook
        }
    }

    package struct BreakerCounts: Sendable, Equatable, Codable {
        package var open: Int
        package var halfOpen: Int
        package var closed: Int

        package init(open: Int, halfOpen: Int, closed: Int) {
            self.open = open
            self.halfOpen = halfOpen
            self.closed = closed
        }
    }

    package struct ServiceCounts: Sendable, Equatable, Codable {
        package var active: Int
        package var deprecated: Int

        package init(active: Int, deprecated: Int) {
            self.active = active
            self.deprecated = deprecated
        }
    }

    package init(
        engines: [EngineRow], lagMessages: Int?, lagByTopic: [TopicLag],
        pausedPartitions: [PausedPartition], unacknowledgedGaps: [GapRow], reviewOpen: Int,
        reviewOldestAt: Timestamp?, reviewImpactActiveOrders: Int, deadLettersOpen: Int,
        deadLettersRetrying: Int, deadLettersLastHour: Int, deadLetterClusters: [LetterCluster],
        parkedEvents: Int, retryingEvents: Int, parkedEntities: Int, outboxUnpublished: Int,
        outboxOldestAt: Timestamp?, breakers: BreakerCounts, openBreakers: [BreakerRow],
        runsRunning: Int, runsWaiting: Int = 0, runsAwaitingDecision: Int = 0,
        unfinishedRuns: [RunRow] = [], lastRuns: [SourceRun] = [], services: ServiceCounts,
        receivedTotal: Int, duplicateTotal: Int
    ) {
        self.engines = engines
        self.lagMessages = lagMessages
        self.lagByTopic = lagByTopic
        self.pausedPartitions = pausedPartitions
        self.unacknowledgedGaps = unacknowledgedGaps
        self.reviewOpen = reviewOpen
        self.reviewOldestAt = reviewOldestAt
        self.reviewImpactActiveOrders = reviewImpactActiveOrders
        self.deadLettersOpen = deadLettersOpen
        self.deadLettersRetrying = deadLettersRetrying
        self.deadLettersLastHour = deadLettersLastHour
        self.deadLetterClusters = deadLetterClusters
        self.parkedEvents = parkedEvents
        self.retryingEvents = retryingEvents
        self.parkedEntities = parkedEntities
        self.outboxUnpublished = outboxUnpublished
        self.outboxOldestAt = outboxOldestAt
        self.breakers = breakers
        self.openBreakers = openBreakers
        self.runsRunning = runsRunning
        self.runsWaiting = runsWaiting
        self.runsAwaitingDecision = runsAwaitingDecision
        self.unfinishedRuns = unfinishedRuns
        self.lastRuns = lastRuns
        self.services = services
        self.receivedTotal = receivedTotal
        self.duplicateTotal = duplicateTotal
    }
}
