import Probes

/// What deciding a row needs besides the row and its service.
package struct FileContext: Sendable {
    package var runID: Int64
    /// The moment that the file speaks of.
    package var asOf: Timestamp
    /// The country whose file it is.
    package var country: String
    /// The system that owns the listed services.
    package var system: String
    package var rules: ReviewRules
    package var canonicalForm: CanonicalForm
    /// Nil tells other systems nothing of changes.
    package var internalTopics: InternalTopics?

    package init(
        runID: Int64, asOf: Timestamp, country: String, system: String,
        rules: ReviewRules = ReviewRules(),
        canonicalForm: CanonicalForm = CanonicalForm(), internalTopics: InternalTopics? = nil
    ) {
        self.runID = runID
        self.asOf = asOf
        self.country = country
        self.system = system
        self.rules = rules
        self.canonicalForm = canonicalForm
        self.internalTopics = internalTopics
    }
}
