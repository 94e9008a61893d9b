/// An alert that a neighbour holds in its memory, because it cannot be written down.
package struct NeighbourAlert: Sendable, Equatable, Codable {
    package var rule: String
    package var severity: String
    /// `pending` or `firing`.
    package var state: String
    package var summary: String
    package var startedAt: Timestamp
    /// The channels that have taken it.
    package var told: [String]

    package init(
        rule: String, severity: String, state: String, summary: String, startedAt: Timestamp,
        told: [String]
    ) {
        self.rule = rule
        self.severity = severity
        self.state = state
        self.summary = summary
        self.startedAt = startedAt
        self.told = told
    }
}
