/// Judges a consumer by a window of samples, by the rules of Burrow's evaluator, in its order
/// (github.com/linkedin/Burrow/wiki/Consumer-Lag-Evaluation-Rules):
///
/// 1. the lag is zero somewhere in the window: OK, also if the topic is quiet;
/// 2. nothing has been heard of the consumer for longer than the window reaches: STOP;
/// 3. the offset went back and has not caught up with itself: REWIND;
/// 4. the offset is fixed: STALL;
/// 5. the offset moves while the lag never shrinks: WARN;
/// 6. otherwise OK.
///
/// Burrow sees each commit. We look from time to time, so a sign of life is an advance, or the
/// heartbeat of the engine that holds the partition; of groups that give none, rule 2 says nothing.
package struct LagStatusRule: Sendable, Equatable {
    /// Silence of at least this long counts as stopped.
    package var silence: Duration
    /// A window shorter than this tells nothing of rules 4 and 5.
    package var shortestWindow: Duration

    package init(silence: Duration = .seconds(30), shortestWindow: Duration = .seconds(10)) {
        self.silence = silence
        self.shortestWindow = shortestWindow
    }

    /// - Parameter window: oldest first.
    package func status(_ window: [LagSample], isPaused: Bool, now: Timestamp) -> LagStatus {
        if isPaused { return .paused }
        guard let first = window.first, let last = window.last else { return .unknown }
        if window.contains(where: { $0.lag == 0 }) { return .ok }
        let span = last.at.since(first.at)
        if let seenAt = last.seenAt, now.since(seenAt) > max(span, silence) { return .stop }
        if hasRewound(window) { return .rewind }
        guard span >= shortestWindow else {
            // One look cannot tell a slow consumer from a stalled one, unless it has just moved.
            guard let advancedAt = last.advancedAt else { return .unknown }
            return now.since(advancedAt) <= shortestWindow ? .ok : .unknown
        }
        if window.allSatisfy({ $0.currentOffset == first.currentOffset }) { return .stall }
        let shrinks = zip(window, window.dropFirst()).contains { $1.lag < $0.lag }
        return shrinks ? .ok : .warn
    }

    private func hasRewound(_ window: [LagSample]) -> Bool {
        for (index, pair) in zip(window, window.dropFirst()).enumerated()
        where pair.1.currentOffset < pair.0.currentOffset {
            let later = window[(index + 1)...]
            if !later.contains(where: { $0.currentOffset >= pair.0.currentOffset }) { return true }
        }
        return false
    }
}
