/// Notices when one kind of failure takes too large a share of a partition's last events.
///
/// A bad deploy must not drain a topic into the dead letters: at a flood the partition pauses. The
/// detector need not see a full window first, but half a window of one fingerprint: so a fresh
/// start on a broken topic stops early, and a single failure after a restart does not count as all.
package struct FloodDetector: Sendable {
    package struct Flood: Equatable, Sendable {
        package var fingerprint: FailureFingerprint
        /// Failures with that fingerprint, of the last `events`.
        package var failures: Int
        package var events: Int
    }

    /// Events that are looked back on.
    package let window: Int
    /// The share, 0 to 1, that one fingerprint must exceed.
    package let share: Double

    private var outcomes: [FailureFingerprint?] = []
    /// Where the next outcome is written once the window is full.
    private var oldest = 0
    private var failures: [FailureFingerprint: Int] = [:]

    package init(window: Int = 200, share: Double = 0.5) {
        self.window = max(window, 1)
        self.share = min(max(share, 0), 1)
    }

    /// Records one event's outcome, nil if it did not become a dead letter; answers with the flood
    /// if this failure makes or continues one.
    package mutating func record(_ failure: FailureFingerprint?) -> Flood? {
        if outcomes.count < window {
            outcomes.append(failure)
        } else {
            forget(outcomes[oldest])
            outcomes[oldest] = failure
            oldest = (oldest + 1) % window
        }
        guard let failure else { return nil }
        failures[failure, default: 0] += 1
        return flood(of: failure)
    }

    /// Forgets everything, as after an operator has resumed the partition.
    package mutating func reset() {
        self = FloodDetector(window: window, share: share)
    }

    private func flood(of fingerprint: FailureFingerprint) -> Flood? {
        let count = failures[fingerprint] ?? 0
        guard Double(count) >= Double(window) * share,
            Double(count) > Double(outcomes.count) * share
        else { return nil }
        return Flood(fingerprint: fingerprint, failures: count, events: outcomes.count)
    }

    private mutating func forget(_ failure: FailureFingerprint?) {
        guard let failure, let count = failures[failure] else { return }
        failures[failure] = count > 1 ? count - 1 : nil
    }
}
