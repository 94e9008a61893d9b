/// How long to wait before the next attempt: exponential, bounded, with jitter so that many
/// clients of one server do not come back in the same instant.
package struct Backoff: Sendable, Equatable {
    package var initial: Duration
    package var maximum: Duration
    package var multiplier: Double
    /// The share of a delay that chance takes away, 0...1.
    package var jitter: Double

    package init(
        initial: Duration = .milliseconds(100), maximum: Duration = .seconds(10),
        multiplier: Double = 2, jitter: Double = 0.3
    ) {
        self.initial = initial
        self.maximum = maximum
        self.multiplier = multiplier
        self.jitter = jitter
    }

    /// The delay after so many failures.
    ///
    /// - Parameters:
    ///   - failures: how many attempts have failed in a row, from 1.
    ///   - random: in 0..<1.
    package func delay(afterFailures failures: Int, random: Double) -> Duration {
        var delay = initial
        for _ in 1..<max(failures, 1) where delay < maximum { delay = delay * multiplier }
        return min(delay, maximum) * (1 - jitter * random)
    }
}
