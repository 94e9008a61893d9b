import Probes
import Views

/// Made-up readings of a night on which some things go wrong; it is 03:10:42 UTC.
enum Sample {
    /// 2026-11-21 03:10:42 UTC
    static let now = Timestamp(microseconds: 1_795_230_642_000_000)

    static func ago(_ seconds: Int64) -> Timestamp {
        Timestamp(microseconds: now.microseconds - seconds * 1_000_000)
    }

    static func facts(
        role: ConsoleFacts.Role = .run, environment: String = "staging",
        isProduction: Bool = false, isReadOnly: Bool = false
    ) -> ConsoleFacts {
        ConsoleFacts(
            role: role, environment: environment, isProduction: isProduction,
            isReadOnly: isReadOnly, sources: ["ES", "FR", "IT", "PL"])
    }

    /// Nothing has been read.
    static var loading: ConsoleReadings {
        ConsoleReadings(database: .connecting(since: ago(1)), kafka: .connecting(since: ago(1)))
    }

    /// Everything has been read, and there is nothing.
    static var empty: ConsoleReadings {
        var readings = ConsoleReadings(
            database: .ready(since: ago(600)), kafka: .ready(since: ago(600)))
        var overview = Self.overview
        overview.engines = [engine(1)]
        overview.lagMessages = 0
        overview.lagByTopic = []
        overview.pausedPartitions = []
        overview.unacknowledgedGaps = []
        overview.reviewOpen = 0
        overview.reviewOldestAt = nil
        overview.reviewImpactActiveOrders = 0
        overview.deadLettersOpen = 0
        overview.deadLettersRetrying = 0
        overview.deadLettersLastHour = 0
        overview.deadLetterClusters = []
        overview.parkedEvents = 0
        overview.retryingEvents = 0
        overview.parkedEntities = 0
        overview.outboxUnpublished = 0
        overview.outboxOldestAt = nil
        overview.breakers = .init(open: 0, halfOpen: 0, closed: 2)
        overview.openBreakers = []
        overview.alerts = .init()
        overview.runsRunning = 0
        overview.runsWaiting = 0
        overview.runsAwaitingDecision = 0
        overview.unfinishedRuns = []
        overview.lastRuns = []
        readings.overview = Reading(overview, takenAt: now)
        readings.lag = page([])
        readings.events = page([])
        readings.runs = page([])
        readings.drift = page([])
        readings.driftGroups = page([])
        readings.review = page([])
        readings.letters = page([])
        readings.clusters = page([])
        readings.breakers = page([])
        readings.jobs = page([])
        readings.agents = page([])
        readings.mappings = page([])
        readings.alerts = page([])
        readings.alertGroups = page([])
        readings.engines = page([])
        readings.schedule = page([])
        readings.audit = page([])
        readings.log = page([])
        readings.receivedPerSecond = Array(repeating: 0, count: 60)
        readings.lagMessages = Array(repeating: 0, count: 60)
        return readings
    }

    /// An ordinary bad night.
    static var normal: ConsoleReadings {
        var readings = ConsoleReadings(
            database: .ready(since: ago(3_600)), kafka: .ready(since: ago(3_600)))
        var overview = Self.overview
        overview.alerts = .init(
            firing: 176, unattended: 160, pending: 1, critical: 2,
            rules: alertGroups.filter { !$0.unattendedIDs.isEmpty }.map { group in
                .init(
                    rule: group.rule, severity: group.severity,
                    subjects: group.unattendedIDs.count, since: group.firstAt,
                    subject: group.newest.subject, summary: group.newest.summary,
                    details: group.newest.details, runbook: group.newest.runbook)
            })
        overview.vendors = vendors
        readings.overview = Reading(overview, takenAt: now)
        readings.lag = page(lagRows)
        readings.events = page(eventRows)
        readings.runs = page(runRows)
        readings.drift = page(driftRows, matching: 62_230)
        readings.driftGroups = page(driftGroups(.country))
        readings.review = page(reviewRows)
        readings.letters = page(letterRows, matching: 312)
        readings.clusters = page(clusters)
        readings.breakers = page(breakers)
        readings.jobs = page(jobRows, matching: 4_211)
        readings.agents = page(agentRows)
        readings.mappings = page(mappingRows)
        readings.alerts = page(alerts)
        readings.alertGroups = page(alertGroups)
        readings.engines = page([engine(1), engine(2), silentEngine, stoppedEngine])
        readings.schedule = page(scheduleRows)
        readings.audit = page(auditRows)
        readings.auditSeals = Reading(auditSeals, takenAt: now)
        readings.log = page(logEntries)
        readings.receivedPerSecond = (0..<120).map { (second: Int) in
            Double(40 + second * 7 % 30 + second / 3)
        }
        readings.lagMessages = (0..<120).map { (second: Int) in Double(max(0, 5_400 - second * 35))
        }
        return readings
    }

    /// The same after the database has gone: the readings stay, and are old.
    static var broken: ConsoleReadings {
        var readings = normal
        readings.database = .unreachable(
            since: ago(511), error: "connection refused (10.2.0.7:5432)")
        readings.kafka = .unreachable(since: ago(73), error: "all brokers down")
        return readings
    }

    static func page<Row>(_ rows: [Row], matching: Int? = nil, at time: Timestamp = now)
        -> Reading<Page<Row>>
    {
        Reading(Page(rows: rows, matching: matching ?? rows.count), takenAt: time)
    }
}
