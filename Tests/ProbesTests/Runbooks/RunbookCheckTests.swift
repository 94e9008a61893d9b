import Testing

@testable import Probes

@Suite("Checks of runbooks")
struct RunbookCheckTests {
    private static let now = SampleRows.now

    private static var overview: OverviewReading {
        OverviewReading(
            engines: [], lagMessages: 0, lagByTopic: [], pausedPartitions: [],
            unacknowledgedGaps: [], reviewOpen: 0, reviewOldestAt: nil,
            reviewImpactActiveOrders: 0, deadLettersOpen: 0, deadLettersRetrying: 0,
            deadLettersLastHour: 0, deadLetterClusters: [], parkedEvents: 0, retryingEvents: 0,
            parkedEntities: 0, outboxUnpublished: 0, outboxOldestAt: nil,
            breakers: .init(open: 0, halfOpen: 0, closed: 2), openBreakers: [], runsRunning: 0,
            services: .init(active: 0, deprecated: 0), receivedTotal: 0, duplicateTotal: 0)
    }

    private static func ago(_ seconds: Int64) -> Timestamp { now.advanced(by: .seconds(-seconds)) }

    private func result(
        _ subject: RunbookCheck.Subject, source: String? = nil, steps: [HealthStep] = [],
        _ change: (inout ConsoleReadings, inout OverviewReading) -> Void = { _, _ in }
    ) -> CheckResult {
        var console = ConsoleReadings(
            database: .ready(since: Self.ago(600)), kafka: .ready(since: Self.ago(600)))
        var overview = Self.overview
        change(&console, &overview)
        console.overview = Reading(overview, takenAt: Self.now)
        return CheckReadings(console, steps: steps, now: Self.now)
            .result(of: RunbookCheck(subject, source: source))
    }

    private static func engine(
        state: EngineState = .running, partitions: [String], isLeader: Bool = false
    ) -> EngineRow {
        EngineRow(
            id: 1, host: "sync-1", processID: 7, role: "engine", version: "1",
            configurationHash: "", state: state, partitions: partitions, isLeader: isLeader,
            kafka: nil, appliedTotal: 0, memoryBytes: nil, lastPollAt: nil, startedAt: now,
            heartbeatAt: now, stoppedAt: nil, exitReason: nil)
    }

    private static func lagRow(
        _ partition: Int, lag: Int64, consumed: Double?, produced: Double?
    ) -> LagRow {
        LagRow(
            group: "g", topic: "t", partition: partition, currentOffset: 0, endOffset: lag,
            lowWatermark: 0, lagMessages: lag, status: .ok, consumedPerSecond: consumed,
            producedPerSecond: produced, drainSeconds: nil, isOurs: true, pausedReason: nil,
            pausedAt: nil, engineID: 1, measuredAt: now)
    }

    private static func run(_ id: Int64, _ source: String, _ state: RunState) -> RunRow {
        RunRow(
            id: id, kind: "catalog_file", source: source, sourceSystem: nil, countryCode: source,
            state: state, trigger: "schedule", operatorName: nil, isDryRun: false, reason: nil,
            startedAt: ago(900), completedAt: ago(600), asOf: nil, object: nil, phase: nil,
            progress: nil, counts: RunCounts(), error: nil, findings: [], waitUntil: nil,
            timesLost: 0, cancelRequestedBy: nil, decision: nil, revertsRunID: nil,
            revertedByRunID: nil, followsRunID: nil)
    }

    @Test("know whether a server answers, by its state and better by the walk")
    func servers() {
        #expect(result(.kafkaReachable).verdict == .ok)
        let away = result(.kafkaReachable) { console, _ in
            console.kafka = .unreachable(since: Self.ago(90), error: "all brokers down")
        }
        #expect(away.verdict == .bad)
        #expect(away.words == "Kafka has not answered for 90 s: all brokers down")
        #expect(away.figure == 90)
        let asked = result(.kafkaReachable) { console, _ in
            console.kafka = .connecting(since: Self.ago(1))
        }
        #expect(asked.verdict == .unknown)
        let steps = [
            HealthStep(part: .kafka, name: "connect", result: .ok, message: "1 broker"),
            HealthStep(part: .kafka, name: "topic", result: .failed, message: "there is none"),
        ]
        let walked = result(.kafkaReachable, steps: steps)
        #expect(walked.words == "Kafka, topic: there is none")
        #expect(result(.databaseReachable, steps: steps).verdict == .ok)
    }

    @Test("say that they cannot know while the database is away, all but those about servers")
    func databaseAway() {
        for subject in RunbookCheck.Subject.allCases {
            let found = result(subject) { console, _ in
                console.database = .unreachable(since: Self.ago(9), error: "refused")
            }
            switch subject {
            case .databaseReachable: #expect(found.verdict == .bad)
            case .kafkaReachable: #expect(found.verdict == .ok)
            default: #expect(found.verdict == .unknown, "\(subject)")
            }
        }
    }

    @Test("find nothing wrong where nothing is, except that no engine runs")
    func calm() {
        let troubled: Set<RunbookCheck.Subject> = [.enginesLive, .enginesLeader, .groupMembers]
        let unmeasured: Set<RunbookCheck.Subject> = [
            .databaseLatency, .eventsArriving, .runsLast, .runsDrift, .scheduleNext,
        ]
        for subject in RunbookCheck.Subject.allCases {
            let verdict = result(subject).verdict
            if troubled.contains(subject) {
                #expect(verdict == .bad, "\(subject)")
            } else {
                #expect(verdict == (unmeasured.contains(subject) ? .unknown : .ok), "\(subject)")
            }
        }
    }

    @Test("count engines that are at service, and name partitions that nobody reads")
    func engines() {
        let alone = result(.enginesLive) { _, overview in
            overview.engines = [Self.engine(partitions: ["t/0"], isLeader: true)]
        }
        #expect(alone == CheckResult(.ok, "1 engine running: sync-1:7", figure: 1))
        let gone = result(.enginesLive) { _, overview in
            overview.lastEngineSeenAt = Self.ago(480)
        }
        #expect(
            gone
                == CheckResult(.bad, "no engine is running, the last was seen 8 min ago", figure: 0)
        )
        let members = result(.groupMembers) { console, overview in
            overview.engines = [Self.engine(partitions: ["t/0"])]
            console.lag = Reading(
                Page(
                    rows: (0..<2).map { Self.lagRow($0, lag: 1, consumed: 0, produced: 0) },
                    matching: 2), takenAt: Self.now)
        }
        #expect(members == CheckResult(.bad, "1 member read 1; nobody reads t/1", figure: 1))
        let silent = result(.enginesSilent) { _, overview in
            overview.engines = [Self.engine(state: .silent, partitions: [])]
        }
        #expect(silent.verdict == .bad)
    }

    @Test("tell a lag that falls from one that grows or stands, from what goes in and out")
    func trend() {
        func trend(_ consumed: Double?, _ produced: Double?, lag: Int = 5_000) -> CheckResult {
            result(.consumerTrend) { console, overview in
                overview.lagMessages = lag
                console.lag = Reading(
                    Page(
                        rows: [
                            Self.lagRow(
                                0, lag: Int64(lag), consumed: consumed, produced: produced)
                        ], matching: 1), takenAt: Self.now)
            }
        }
        #expect(
            trend(60, 10)
                == CheckResult(.ok, "it falls by 50 events a second, empty in 100 s", figure: -50))
        #expect(
            trend(10, 60) == CheckResult(.bad, "it grows by 50 events a second", figure: 50))
        #expect(trend(0, 0) == CheckResult(.bad, "it stands still", figure: 0))
        #expect(trend(0, 0, lag: 3).verdict == .ok)
        #expect(trend(nil, nil).verdict == .unknown)
        let lag = result(.consumerLag) { _, overview in overview.lagMessages = 1_001 }
        #expect(lag == CheckResult(.bad, "1,001 events not applied yet", figure: 1_001))
        let few = result(.consumerLag) { _, overview in overview.lagMessages = 1_000 }
        #expect(few.verdict == .ok)
    }

    @Test("name whom a statement waits for")
    func waits() {
        let found = result(.databaseWaits) { _, overview in
            overview.databaseWait = DatabaseWait(
                waiting: "syncconsole engine", since: Self.ago(12), blockerProcessID: 4_711,
                blocker: "nightly report", blockerSince: Self.ago(300))
        }
        #expect(
            found
                == CheckResult(
                    .bad,
                    "syncconsole engine has waited 12 s for process 4711 (nightly report), "
                        + "whose transaction is 5 min old", figure: 12))
        let slow = result(.databaseLatency) { console, _ in console.databaseMilliseconds = 1_000 }
        #expect(slow.verdict == .bad)
        let quick = result(.databaseLatency) { console, _ in console.databaseMilliseconds = 20 }
        #expect(quick.verdict == .ok)
    }

    @Test("call a review item ageing after a day, and an outbox late after a minute")
    func ages() {
        func oldest(_ seconds: Int64) -> CheckResult.Verdict {
            result(.reviewOldest) { _, overview in
                overview.reviewOpen = 1
                overview.reviewOldestAt = Self.ago(seconds)
            }.verdict
        }
        #expect(oldest(86_400) == .ok)
        #expect(oldest(86_401) == .bad)
        func outbox(_ seconds: Int64) -> CheckResult.Verdict {
            result(.outboxWaiting) { _, overview in
                overview.outboxUnpublished = 2
                overview.outboxOldestAt = Self.ago(seconds)
            }.verdict
        }
        #expect(outbox(60) == .ok)
        #expect(outbox(61) == .bad)
    }

    @Test("know what is due next, and what was due and not started")
    func schedule() {
        func next(
            _ seconds: Int64, _ state: ScheduleEntryState = .scheduled
        ) -> CheckResult {
            result(.scheduleNext) { _, overview in
                overview.schedule = [
                    ScheduleRow(
                        name: "daily-es", job: "reconcile", cron: "0 3 * * *",
                        timeZone: "Europe/Madrid", state: state,
                        nextDueAt: Self.ago(-seconds))
                ]
            }
        }
        #expect(next(7_200) == CheckResult(.ok, "daily-es in 2 h", figure: 0))
        #expect(next(-300).verdict == .ok)
        #expect(
            next(-301)
                == CheckResult(
                    .bad, "daily-es was due 5 min ago and was not started", figure: 301))
        #expect(next(7_200, .paused).verdict == .bad)
        #expect(next(7_200, .retired).verdict == .unknown)
    }

    @Test("find a failed run and high drift of one source, or of any")
    func runs() {
        func last(_ source: String?, _ subject: RunbookCheck.Subject) -> CheckResult {
            result(subject, source: source) { _, overview in
                var failed = Self.run(38, "ES", .failed)
                failed.error = "no file came"
                var good = Self.run(39, "FR", .success)
                (good.counts.matched, good.counts.drifted) = (200, 30)
                overview.lastRuns = [
                    .init(run: failed, compared: nil, earlierDriftPercent: nil),
                    .init(run: good, compared: good, earlierDriftPercent: nil),
                ]
            }
        }
        #expect(last(nil, .runsLast).verdict == .bad)
        #expect(last("ES", .runsLast).words.contains("no file came"))
        #expect(last("FR", .runsLast).verdict == .ok)
        #expect(last("IT", .runsLast).verdict == .unknown)
        #expect(last(nil, .runsDrift).verdict == .bad)
        #expect(last(nil, .runsDrift).figure == 15)
        #expect(last("ES", .runsDrift).verdict == .unknown)
    }
}
