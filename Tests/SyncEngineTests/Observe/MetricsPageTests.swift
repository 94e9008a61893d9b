import Foundation
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("The text of /metrics")
struct MetricsPageTests {
    static let now = Timestamp(microseconds: 1_763_700_000_000_000)

    /// Everything that there is to say, with names that try to get out of their quotes.
    static var everything: MetricsFacts {
        let metrics = EngineMetrics(now: { now })
        metrics.record(
            topic: "service-catalog", DecisionCounts(processed: 5, deadLettered: 1, parked: 2),
            took: .milliseconds(12))
        var facts = MetricsFacts(
            version: "1.0", role: "engine", topics: metrics.snapshot,
            breakers: [
                (
                    "vendor-\"a\"\\\n# TYPE evil counter",
                    CircuitBreaker(policy: BreakerPolicy()).snapshot(at: now)
                )
            ], isLeader: true, partitions: 2, kafka: .ready(since: now),
            requests: [.init(path: "/metrics", status: 200, count: 3)],
            process: .now(), lastScrapeSeconds: 0.002, database: .ready(since: now))
        facts.shared = shared
        facts.shared?.overview.vendors = VendorFlow(
            agents: [.init(vendor: "a", state: .offline, since: now)],
            jobs: [
                VendorJobs(
                    vendor: "a\"\u{1B}[2J", pending: 7, agentOffline: 5, processing: 2, callback: 1,
                    failed: 3, oldestPendingAt: now)
            ])
        return facts
    }

    static var shared: SharedReading {
        let run = RunRow(
            id: 1, kind: "catalog_file", source: "E\u{1B}[31mS", sourceSystem: nil,
            countryCode: nil, state: .failed, trigger: "cli", operatorName: nil, isDryRun: false,
            reason: nil, startedAt: now, completedAt: now, asOf: nil, object: nil, phase: nil,
            progress: nil, counts: RunCounts(), error: nil, findings: [], waitUntil: nil,
            timesLost: 0, cancelRequestedBy: nil, decision: nil, revertsRunID: nil,
            revertedByRunID: nil, followsRunID: nil)
        var compared = run
        compared.counts.matched = 200
        compared.counts.drifted = 30
        return SharedReading(
            overview: OverviewReading(
                engines: [], lagMessages: 12, lagByTopic: [], pausedPartitions: [],
                unacknowledgedGaps: [], reviewOpen: 3, reviewOldestAt: now,
                reviewImpactActiveOrders: 4, deadLettersOpen: 5, deadLettersRetrying: 1,
                deadLettersLastHour: 2, deadLetterClusters: [], parkedEvents: 6,
                retryingEvents: 7, parkedEntities: 2, outboxUnpublished: 8, outboxOldestAt: nil,
                breakers: .init(open: 0, halfOpen: 0, closed: 1), openBreakers: [],
                runsRunning: 1,
                lastRuns: [.init(run: run, compared: compared, earlierDriftPercent: nil)],
                services: .init(active: 10, deprecated: 1), receivedTotal: 100, duplicateTotal: 4),
            lag: [
                LagRow(
                    group: "g", topic: "service-catalog", partition: 0, currentOffset: 1,
                    endOffset: 13, lowWatermark: 0, lagMessages: 12, status: .ok,
                    consumedPerSecond: nil, producedPerSecond: nil, drainSeconds: nil,
                    isOurs: true, pausedReason: nil, pausedAt: nil, engineID: 1, measuredAt: now)
            ], takenAt: now, tookSeconds: 0.01)
    }

    @Test("promtool finds nothing wrong with it")
    func promtool() throws {
        let text = MetricsPage.text(Self.everything, at: Self.now)
        let found = try Promtool.run(["check", "metrics"], input: text)
        #expect(found.status == 0, "\(found.output)")
        #expect(found.output == "")
    }

    @Test("counts vendors' agents and jobs, and says nothing of them where there are none")
    func vendors() {
        let text = MetricsPage.text(Self.everything, at: Self.now)
        for line in [
            #"syncconsole_agents{status="offline"} 1"#,
            #"syncconsole_agents{status="online"} 0"#,
            #"syncconsole_jobs{vendor="a\"\u{FFFD}[2J",state="pending"} 7"#,
            #"syncconsole_jobs{vendor="a\"\u{FFFD}[2J",state="failed"} 3"#,
            #"syncconsole_jobs_waiting{vendor="a\"\u{FFFD}[2J",waits_for="agent_offline"} 5"#,
            #"syncconsole_jobs_waiting{vendor="a\"\u{FFFD}[2J",waits_for="callback"} 1"#,
            #"syncconsole_queue_depth{queue="jobs"} 7"#,
        ] {
            #expect(text.contains(line.replacing(#"\u{FFFD}"#, with: "\u{FFFD}") + "\n"), "\(line)")
        }
        var facts = Self.everything
        facts.shared = Self.shared
        let none = MetricsPage.text(facts, at: Self.now)
        #expect(!none.contains("syncconsole_agents"))
        #expect(!none.contains("syncconsole_jobs"))
    }

    @Test("carries the seeds' names with their labels")
    func seeds() {
        let text = MetricsPage.text(Self.everything, at: Self.now)
        let topic = #"topic="service-catalog""#
        for line in [
            #"kafka_events_processed_total{\#(topic),status="processed"} 5"#,
            #"kafka_events_processed_total{\#(topic),status="dead_lettered"} 1"#,
            #"kafka_event_processing_duration_seconds_bucket{\#(topic),le="0.01"} 0"#,
            #"kafka_event_processing_duration_seconds_bucket{\#(topic),le="0.1"} 6"#,
            #"kafka_event_processing_duration_seconds_bucket{\#(topic),le="+Inf"} 6"#,
            #"kafka_event_processing_duration_seconds_count{\#(topic)} 6"#,
            #"kafka_consumer_lag_messages{group="g",\#(topic),partition="0"} 12"#,
            #"syncconsole_queue_depth{queue="dlq"} 5"#,
            #"syncconsole_build_info{version="1.0",role="engine"} 1"#,
        ] { #expect(text.contains(line + "\n"), "\(line)") }
    }

    @Test("a hostile name stays within its quotes, and no escape sequence gets out")
    func hostileNames() {
        let text = MetricsPage.text(Self.everything, at: Self.now)
        #expect(text.contains(#"breaker="vendor-\"a\"\\\n# TYPE evil counter""#))
        #expect(!text.split(separator: "\n").contains { $0.hasPrefix("# TYPE evil") })
        #expect(!text.unicodeScalars.contains("\u{1B}"))
        #expect(text.contains("source=\"E\u{FFFD}[31mS\""))
    }

    @Test("what is not known is absent, and what is shared goes when its reading is old")
    func absence() {
        var facts = Self.everything
        facts.shared?.lag[0].lagMessages = nil
        facts.shared?.overview.lastRuns[0].compared = nil
        let unknown = MetricsPage.text(facts, at: Self.now)
        #expect(!unknown.contains("kafka_consumer_lag_messages"))
        #expect(!unknown.contains("syncconsole_drift_ratio"))
        #expect(unknown.contains("syncconsole_queue_depth"))
        let later = MetricsPage.text(facts, at: Self.now.advanced(by: .seconds(61)))
        #expect(!later.contains("syncconsole_queue_depth"))
        #expect(later.contains("kafka_events_processed_total"))
        facts.database = .connecting(since: Self.now)
        #expect(!MetricsPage.text(facts, at: Self.now).contains("syncconsole_database_up"))
    }

    @Test("leaves out what would be too many series, and says how many")
    func cardinality() {
        var facts = Self.everything
        let row = facts.shared?.lag[0]
        facts.shared?.lag = (0..<2_500).compactMap { number in
            var row = row
            row?.partition = number
            return row
        }
        let text = MetricsPage.text(facts, at: Self.now)
        #expect(text.split(separator: "\n").count < 5_000)
        #expect(text.contains("syncconsole_metrics_left_out 1000\n"))
    }
}
