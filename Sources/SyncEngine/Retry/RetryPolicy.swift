import Probes

/// When a failed event is tried again: once, and then after 2, 4 and 8 seconds.
package struct RetryPolicy: Equatable, Sendable {
    /// The wait after the first failure, after the second, and so on; one attempt more than waits.
    package var delays: [Duration]
    /// The share of a wait by which it may grow at random: 0 for none, 0.5 for up to half more.
    package var jitterShare: Double

    package init(
        delays: [Duration] = [.seconds(2), .seconds(4), .seconds(8)], jitterShare: Double = 0
    ) {
        self.delays = delays
        self.jitterShare = jitterShare
    }

    package var maxAttempts: Int { delays.count + 1 }

    /// When to try again after `attempts` failed ones, the last at `now`; nil if that was the last.
    ///
    /// `jitter` is a random number from 0 up to 1.
    package func nextAttempt(
        afterFailed attempts: Int, now: Timestamp, jitter: Double
    ) -> Timestamp? {
        guard attempts >= 1, attempts <= delays.count else { return nil }
        let delay = delays[attempts - 1]
        let share = min(max(jitter, 0), 1) * max(jitterShare, 0)
        return now.advanced(by: delay + delay * share)
    }
}
