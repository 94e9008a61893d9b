import Probes
import Synchronization
import Testing

@testable import SyncEngine

@Suite("Metrics of an engine")
struct EngineMetricsTests {
    private final class Clock: Sendable {
        private let micros = Mutex<Int64>(1_700_000_000_000_000)
        var now: Timestamp { Timestamp(microseconds: micros.withLock { $0 }) }
        func advance(_ seconds: Int64) { micros.withLock { $0 += seconds * 1_000_000 } }
    }

    @Test("counts a batch by what became of its events, and each event's time once")
    func counting() throws {
        let metrics = EngineMetrics()
        metrics.record(
            topic: "service-catalog",
            DecisionCounts(processed: 7, held: 1, deadLettered: 2, retrying: 3, parked: 4),
            took: .milliseconds(20))
        let figures = try #require(metrics.snapshot.first).figures
        #expect(figures.counts.final == 10)
        #expect(figures.postponed == 7)
        #expect(figures.latency.events == 10)
        #expect(figures.window.failedRatio(at: .now) == 0.2)
    }

    @Test("forgets in the window what is older than five minutes, and never in the totals")
    func window() throws {
        let clock = Clock()
        let metrics = EngineMetrics(now: { clock.now })
        metrics.record(topic: "t", DecisionCounts(deadLettered: 1), took: .seconds(3))
        clock.advance(200)
        metrics.record(topic: "t", DecisionCounts(processed: 1), took: .milliseconds(3))
        let before = try #require(metrics.snapshot.first).figures
        #expect(before.window.failedRatio(at: clock.now) == 0.5)
        clock.advance(200)
        let after = try #require(metrics.snapshot.first).figures
        #expect(after.window.failedRatio(at: clock.now) == 0)
        #expect(metrics.recentLatency.events == 1)
        #expect(after.latency.events == 2)
        clock.advance(400)
        #expect(metrics.recentLatency.isEmpty)
        #expect(after.window.failedRatio(at: clock.now) == nil)
    }

    @Test("counts as one what would be too many topics")
    func cardinality() {
        let metrics = EngineMetrics()
        for number in 0..<500 {
            metrics.record(
                topic: "topic-\(number)", DecisionCounts(processed: 1), took: .milliseconds(1))
        }
        let topics = metrics.snapshot
        #expect(topics.count == EngineMetrics.largestTopics + 1)
        let other = topics.first { $0.topic == EngineMetrics.otherTopics }
        #expect(other?.figures.counts.processed == 400)
    }
}
