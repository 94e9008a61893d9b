/// What a run found different in one field of a service; without a field, a service that was
/// created or that the file lacks.
package struct DriftRow: Sendable, Equatable, Identifiable {
    package var id: Int64
    package var runID: Int64
    package var source: String
    package var countryCode: String?
    package var serviceCode: String
    package var field: String?
    /// Both sides as compact JSON; nil where there is nothing to say.
    package var before: String?
    package var after: String?
    /// In a dry run, what it would be.
    package var outcome: DriftOutcome
    package var line: Int64?
    package var reviewID: Int64?
    package var createdAt: Timestamp
    package var isDryRun: Bool
    /// What started the run.
    package var trigger: String?
    /// A vendor's item was compared with its agent's, and no service with a file.
    package var isOfAgent: Bool

    package init(
        id: Int64, runID: Int64, source: String, countryCode: String?, serviceCode: String,
        field: String?, before: String?, after: String?, outcome: DriftOutcome, line: Int64?,
        reviewID: Int64?, createdAt: Timestamp, isDryRun: Bool, trigger: String?,
        isOfAgent: Bool = false
    ) {
        self.id = id
        self.runID = runID
        self.source = source
        self.countryCode = countryCode
        self.serviceCode = serviceCode
        self.field = field
        self.before = before
        self.after = after
        self.outcome = outcome
        self.line = line
        self.reviewID = reviewID
        self.createdAt = createdAt
        self.isDryRun = isDryRun
        self.trigger = trigger
        self.isOfAgent = isOfAgent
    }
}

package enum DriftOutcome: String, Sendable, CaseIterable {
    case corrected, created, held, rejected, newer, orphaned, reverted
}

/// How many rows of drift had each outcome.
package struct DriftTally: Sendable, Equatable {
    private var numbers: [DriftOutcome: Int64]

    package init(_ numbers: [DriftOutcome: Int64] = [:]) {
        self.numbers = numbers.filter { $0.value != 0 }
    }

    package subscript(outcome: DriftOutcome) -> Int64 {
        get { numbers[outcome] ?? 0 }
        set { numbers[outcome] = newValue == 0 ? nil : newValue }
    }

    package var total: Int64 { numbers.values.reduce(0, +) }

    /// Every outcome, those that did not occur with 0.
    package var json: JSONValue {
        .object(DriftOutcome.allCases.map { .init($0.rawValue, .integer(self[$0])) })
    }
}
