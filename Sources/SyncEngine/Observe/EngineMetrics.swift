import Probes
import Synchronization

/// Counts what this process decides, by topic. Any thread may call it: one lock a transaction.
final class EngineMetrics: Sendable {
    /// Names come from configuration and from stored rows: more than this are counted as one.
    static let largestTopics = 100
    static let otherTopics = "other"

    /// What is known of one topic since the process began, and of its last minutes.
    struct Topic: Sendable {
        var counts = DecisionCounts()
        var postponed = 0
        var latency = LatencyHistogram()
        var window = MetricsWindow()
    }

    private let topics = Mutex<[String: Topic]>([:])
    private let now: @Sendable () -> Timestamp

    init(now: @escaping @Sendable () -> Timestamp = { .now }) {
        self.now = now
    }

    /// Notes a committed transaction; `latency` holds one entry for each event that came to an end.
    func record(topic: String, _ counts: DecisionCounts, latency: LatencyHistogram) {
        let moment = now()
        topics.withLock { topics in
            let isKnown = topics[topic] != nil || topics.count < Self.largestTopics
            let name = isKnown ? topic : Self.otherTopics
            topics[name, default: Topic()].record(counts, latency, at: moment)
        }
    }

    /// A batch, all of whose events took as long as the batch did.
    func record(topic: String, _ counts: DecisionCounts, took duration: Duration) {
        var latency = LatencyHistogram()
        if counts.final > 0 {
            latency.record(seconds: duration / .seconds(1), events: counts.final)
        }
        record(topic: topic, counts, latency: latency)
    }

    /// By name, sorted.
    var snapshot: [(topic: String, figures: Topic)] {
        topics.withLock { topics in
            topics.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        }
    }

    /// Of all topics over the last minutes.
    var recentLatency: LatencyHistogram {
        let moment = now()
        var all = LatencyHistogram()
        for (_, figures) in snapshot { all.add(figures.window.latency(at: moment)) }
        return all
    }
}

extension EngineMetrics.Topic {
    fileprivate mutating func record(
        _ new: DecisionCounts, _ took: LatencyHistogram, at now: Timestamp
    ) {
        counts.add(new)
        postponed += new.postponed
        latency.add(took)
        window.record(new, took, at: now)
    }
}
