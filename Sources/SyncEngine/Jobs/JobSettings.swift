/// How durable jobs are carried out.
package struct JobSettings: Sendable, Equatable {
    /// Calls that may be made and fail, before a job is a dead letter.
    package var maxAttempts: Int
    /// After the first failed call; twice as much after each further one.
    package var backoff: Duration
    /// No wait is longer.
    package var longestBackoff: Duration
    /// The share of a wait by which it may grow at random: 0.1 for up to a tenth more.
    package var jitterShare: Double
    /// From an agent's 2xx to its callback.
    package var callbackDeadline: Duration
    /// From a job's making; whatever is unfinished then is a dead letter. Nil for never.
    package var expiry: Duration?
    /// Jobs of one vendor in hand at a time, in one engine.
    package var callsPerVendor: Int
    /// Jobs in hand at a time, in one engine.
    package var calls: Int
    /// How often is looked for work where nobody wakes the worker.
    package var pollInterval: Duration
    /// An engine that has shown no sign of life for so long gives back what it has in hand.
    package var engineSilence: Duration

    package init(
        maxAttempts: Int = 5, backoff: Duration = .seconds(60),
        longestBackoff: Duration = .seconds(3_600), jitterShare: Double = 0.1,
        callbackDeadline: Duration = .seconds(600), expiry: Duration? = .seconds(86_400),
        callsPerVendor: Int = 4, calls: Int = 16, pollInterval: Duration = .seconds(2),
        engineSilence: Duration = .seconds(30)
    ) {
        self.maxAttempts = maxAttempts
        self.backoff = backoff
        self.longestBackoff = longestBackoff
        self.jitterShare = jitterShare
        self.callbackDeadline = callbackDeadline
        self.expiry = expiry
        self.callsPerVendor = callsPerVendor
        self.calls = calls
        self.pollInterval = pollInterval
        self.engineSilence = engineSilence
    }
}
