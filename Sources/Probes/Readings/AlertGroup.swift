/// The alerts of one rule, put together: those that stand, or, where none does, those that are over.
package struct AlertGroup: Sendable, Equatable, Identifiable {
    package var rule: String
    /// The gravest of them.
    package var severity: AlertSeverity
    /// What the rule found something of: sources, services, partitions … at least one.
    package var subjects: Int
    /// Those that fire and that nobody has acknowledged or silenced, oldest first.
    package var unattendedIDs: [Int64]
    /// Those that are not over, oldest first.
    package var standingIDs: [Int64]
    /// Of `standingIDs` those that are silenced.
    package var silencedIDs: [Int64]
    /// Since when the oldest and the newest of them are so.
    package var firstAt: Timestamp
    package var newestAt: Timestamp
    /// The newest of the worst: its state is the group's.
    package var newest: AlertRow

    package init(
        rule: String, severity: AlertSeverity, subjects: Int, unattendedIDs: [Int64],
        standingIDs: [Int64], silencedIDs: [Int64], firstAt: Timestamp, newestAt: Timestamp,
        newest: AlertRow
    ) {
        self.rule = rule
        self.severity = severity
        self.subjects = subjects
        self.unattendedIDs = unattendedIDs
        self.standingIDs = standingIDs
        self.silencedIDs = silencedIDs
        self.firstAt = firstAt
        self.newestAt = newestAt
        self.newest = newest
    }

    package var id: String { rule }
    package var state: AlertState { newest.state }
}
