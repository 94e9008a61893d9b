import Probes

/// What deciding events needs besides the events: rules, clock, names.
package struct ApplyContext: Sendable {
    /// Names the dedupe key's handler and the letters' origin.
    package var handler: String
    package var deadLetterTopic: String
    /// Nil tells other systems nothing of changes.
    package var internalTopics: InternalTopics?
    package var rules: ReviewRules
    package var twoPersonRule: TwoPersonRule
    package var retry: RetryPolicy
    package var defaultSource: String
    package var canonicalForm: CanonicalForm
    package var decoder: EventDecoder
    /// Masked in what is said of a replay.
    package var personalFields: PersonalFields
    package var now: @Sendable () -> Timestamp
    /// From 0 up to 1, for the jitter of retries.
    package var random: @Sendable () -> Double

    package init(
        handler: String = "catalog", deadLetterTopic: String = "dlq.failed_events",
        internalTopics: InternalTopics? = nil,
        rules: ReviewRules = ReviewRules(), twoPersonRule: TwoPersonRule = TwoPersonRule(),
        retry: RetryPolicy = RetryPolicy(),
        defaultSource: String = "PYXIS", canonicalForm: CanonicalForm,
        decoder: EventDecoder = EventDecoder(), personalFields: PersonalFields = .none,
        now: @escaping @Sendable () -> Timestamp,
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        self.handler = handler
        self.deadLetterTopic = deadLetterTopic
        self.internalTopics = internalTopics
        self.rules = rules
        self.twoPersonRule = twoPersonRule
        self.retry = retry
        self.defaultSource = defaultSource
        self.canonicalForm = canonicalForm
        self.decoder = decoder
        self.personalFields = personalFields
        self.now = now
        self.random = random
    }

    func fold(isDraining: Bool) -> FoldContext {
        FoldContext(
            now: now(), rules: rules, retry: retry, defaultSource: defaultSource,
            isDraining: isDraining, canonicalForm: canonicalForm, jitter: random())
    }
}
