/// When a circuit breaker opens and how long it stays open.
///
/// The defaults are the ones of the seeds. Opossum's default window of 10 s with a timeout of 30 s
/// never opens for a service that hangs, because calls age out before they fail: here the window
/// always reaches beyond the timeout.
package struct BreakerPolicy: Equatable, Sendable {
    /// The share of failures, 0 to 100, that must be exceeded.
    package let errorThresholdPercent: Double
    /// Calls in the window before the share means anything.
    package let volumeThreshold: Int
    /// After how long a call counts as failed.
    package let timeout: Duration
    /// How long the breaker stays open before it lets a probe through.
    package let resetTimeout: Duration
    /// How far back calls are counted: at least 10 s, and 10 s longer than `timeout`.
    package let window: Duration

    package init(
        errorThresholdPercent: Double = 50, volumeThreshold: Int = 5,
        timeout: Duration = .seconds(30), resetTimeout: Duration = .seconds(60),
        window: Duration = .seconds(10)
    ) {
        self.errorThresholdPercent = errorThresholdPercent
        self.volumeThreshold = volumeThreshold
        self.timeout = timeout
        self.resetTimeout = resetTimeout
        self.window = max(window, .seconds(10), timeout + .seconds(10))
    }
}
