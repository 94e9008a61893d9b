import Probes

/// What the fold needs besides the service and its events.
package struct FoldContext: Sendable {
    package var now: Timestamp
    package var rules: ReviewRules
    package var retry: RetryPolicy
    /// The owner of a service whose creating event names no source.
    package var defaultSource: String
    /// True when the events are the queue behind an event whose retry is due, that event first.
    package var isDraining: Bool
    package var canonicalForm: CanonicalForm
    /// A number from 0 up to 1 for the jitter of a retry, passed in so that the fold stays pure.
    package var jitter: Double

    package init(
        now: Timestamp, rules: ReviewRules = ReviewRules(), retry: RetryPolicy = RetryPolicy(),
        defaultSource: String = "PYXIS", isDraining: Bool = false,
        canonicalForm: CanonicalForm = CanonicalForm(), jitter: Double = 0
    ) {
        self.now = now
        self.rules = rules
        self.retry = retry
        self.defaultSource = defaultSource
        self.isDraining = isDraining
        self.canonicalForm = canonicalForm
        self.jitter = jitter
    }
}
