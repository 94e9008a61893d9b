import Probes
import Views

/// Readings of the eight bad nights that the demo can stage, each on a night that is calm otherwise.
extension Sample {
    static let incidents: [(name: String, readings: ConsoleReadings)] = [
        ("consumer-dead", consumerDead), ("poison-event", poisonEvent),
        ("high-drift", highDrift), ("half-file", halfFile),
        ("outgoing-call-failing", outgoingCallFailing), ("dlq-flood", letterFlood),
        ("database-slow", databaseSlow), ("broker-gone", brokerGone),
    ]

    private static func night(
        _ change: (inout OverviewReading, inout ConsoleReadings) -> Void
    ) -> ConsoleReadings {
        var readings = empty
        var overview = readings.overview?.value ?? Self.overview
        overview.engines = [engine(1), engine(2)]
        overview.lastRuns = [
            .init(
                run: run(39, "ES", .success, counts(4_805, drifted: 20), age: 8_000, took: 6),
                compared: run(39, "ES", .success, counts(4_805, drifted: 20), age: 8_000, took: 6),
                earlierDriftPercent: 0.3)
        ]
        readings.databaseMilliseconds = 10
        readings.receivedPerSecond = (0..<120).map { Double(70 + ($0 * 7) % 20) }
        change(&overview, &readings)
        readings.overview = Reading(overview, takenAt: now)
        return readings
    }

    private static func grow(_ readings: inout ConsoleReadings, to lag: Int) {
        readings.lagMessages = (0..<120).map { Double(max(0, ($0 - 40) * lag / 80)) }
    }

    private static var consumerDead: ConsoleReadings {
        night { overview, readings in
            overview.engines = []
            overview.lastEngineSeenAt = ago(511)
            overview.lagMessages = 40_880
            readings.receivedPerSecond = (0..<120).map { $0 < 40 ? 80 : 0 }
            grow(&readings, to: 40_880)
        }
    }

    private static var poisonEvent: ConsoleReadings {
        night { overview, _ in
            overview.retryingEvents = 1
            overview.parkedEvents = 4
            overview.parkedEntities = 1
            overview.oldestRetry = RetryingEvent(
                entityID: "PYX_ES_HVAC_00123",
                error: "estimated duration of 40380 minutes is out of range", attempts: 3,
                since: ago(7))
        }
    }

    private static var highDrift: ConsoleReadings {
        night { overview, _ in
            let drifted = run(
                40, "ES", .partialSuccess, counts(4_805, drifted: 884, held: 12), age: 700,
                took: 9)
            overview.lastRuns = [
                .init(run: drifted, compared: drifted, earlierDriftPercent: 0.4)
            ]
        }
    }

    private static var halfFile: ConsoleReadings {
        night { overview, _ in
            var run = undecidedRun
            run.source = "ES"
            overview.unfinishedRuns = [run]
            overview.runsAwaitingDecision = 1
        }
    }

    private static var outgoingCallFailing: ConsoleReadings {
        night { overview, _ in
            var breaker = breakers[0]
            (breaker.key, breaker.state) = ("kafka:dlq", .open)
            breaker.openedAt = ago(95)
            breaker.lastError = "cannot produce to dlq.failed_events/0: Local: Message timed out"
            overview.breakers = .init(open: 1, halfOpen: 0, closed: 1)
            overview.openBreakers = [breaker]
            overview.outboxUnpublished = 14
            overview.outboxOldestAt = ago(110)
            overview.deadLettersOpen = 14
            overview.deadLettersLastHour = 14
            overview.deadLetterClusters = [cluster(letters: 14)]
        }
    }

    private static var letterFlood: ConsoleReadings {
        night { overview, readings in
            overview.pausedPartitions = (0..<8).map {
                .init(
                    topic: "service-catalog", partition: $0,
                    reason: "flood: 101 of the last 200 events failed alike (invalid-b1946ac9)",
                    by: "SYNC_JOB", since: ago(190 - Int64($0)))
            }
            overview.lagMessages = 12_400
            overview.deadLettersOpen = 812
            overview.deadLettersLastHour = 812
            overview.deadLetterClusters = [cluster(letters: 812)]
            grow(&readings, to: 12_400)
        }
    }

    private static var databaseSlow: ConsoleReadings {
        night { overview, readings in
            overview.databaseWait = DatabaseWait(
                waiting: "syncconsole engine", since: ago(8), blockerProcessID: 4_711,
                blocker: "nightly report", blockerSince: ago(240))
            overview.lagMessages = 19_200
            grow(&readings, to: 19_200)
        }
    }

    private static var brokerGone: ConsoleReadings {
        night { overview, readings in
            readings.kafka = .unreachable(
                since: ago(73), error: "1/1 brokers are down (_ALL_BROKERS_DOWN)")
            overview.lagMessages = nil
            readings.receivedPerSecond = (0..<120).map { $0 < 60 ? 80 : 0 }
        }
    }

    private static func cluster(letters: Int) -> LetterCluster {
        LetterCluster(
            fingerprint: "b1946ac92492d234", reason: "invalid", stage: "decode",
            sampleError: "estimatedDuration is no number: \"2 hours\"", letters: letters,
            entities: letters / 2, firstAt: ago(200), newestAt: ago(2), sampleID: 9_001,
            lastResolution: nil)
    }
}
