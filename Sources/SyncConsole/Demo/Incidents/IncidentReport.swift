/// What somebody read on the overview of a staged incident.
package struct IncidentSighting: Sendable, Equatable {
    /// Whether its cause was named.
    package var isNamed: Bool
    /// The sentence that names it, and what it says to do next.
    package var words: String?
    package var next: String?
    /// All that the overview said then, the worst first.
    package var problems: [String]
    /// How long somebody looked.
    package var seconds: Double

    package init(
        isNamed: Bool, words: String? = nil, next: String? = nil, problems: [String] = [],
        seconds: Double = 0
    ) {
        self.isNamed = isNamed
        self.words = words
        self.next = next
        self.problems = problems
        self.seconds = seconds
    }
}

/// Looks at a demo from outside, as its console would.
package protocol IncidentWitness: Sendable {
    /// Returns once the incident's cause is named, or once it is not named any more; or when
    /// patience runs out.
    func see(_ incident: Incident, named: Bool, within patience: Duration) async -> IncidentSighting
}

/// What came of a headless demo of one incident.
package struct IncidentReport: Sendable {
    package let incident: Incident
    package let named: IncidentSighting
    /// After the fault was taken back; nil where somebody has to decide something first.
    package let over: IncidentSighting?
    /// PostgreSQL's files, if they were to be kept.
    package var keptFolder: String?

    /// The cause was named, and is not any more where it heals by itself.
    package var isAsExpected: Bool { named.isNamed && over?.isNamed != true }
}
