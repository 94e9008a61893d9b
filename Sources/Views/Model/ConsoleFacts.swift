import Probes

/// What is settled before the first frame and stays.
package struct ConsoleFacts: Sendable {
    package enum Role: String, Sendable {
        /// Engine and console in one process.
        case run
        /// Console only.
        case watch
        /// Engine and console over servers of their own, with made-up traffic.
        case demo
    }

    package var role: Role
    /// As the configuration names it.
    package var environment: String
    /// Shown in the frame; bulk changes ask for a typed word.
    package var isProduction: Bool
    /// Removes every key that changes something.
    package var isReadOnly: Bool
    package var operatorName: String?
    package var zone: ClockZone
    /// The names of the configured sources of runs.
    package var sources: [String]
    /// Those of them that deprecate what their file lacks; nil where that is not known.
    package var deprecatingSources: Set<String>?
    /// From how many active orders on a change needs two people.
    package var twoPeopleFrom: Int
    /// Whom to call about a source system, by its name.
    package var contacts: [String: String] = [:]
    /// Masked until somebody reveals them.
    package var personalFields: PersonalFields

    package init(
        role: Role, environment: String, isProduction: Bool, isReadOnly: Bool = false,
        operatorName: String? = nil, zone: ClockZone = .utc,
        sources: [String] = [], deprecatingSources: Set<String>? = nil,
        twoPeopleFrom: Int = 50, personalFields: PersonalFields = .none
    ) {
        self.role = role
        self.environment = environment
        self.isProduction = isProduction
        self.isReadOnly = isReadOnly
        self.operatorName = operatorName
        self.zone = zone
        self.sources = sources
        self.deprecatingSources = deprecatingSources
        self.twoPeopleFrom = twoPeopleFrom
        self.personalFields = personalFields
    }

    /// Whether the source deprecates what its file lacks; nil where that is not known.
    func deprecatesOrphans(_ source: String) -> Bool? {
        sources.contains(source) ? deprecatingSources?.contains(source) : nil
    }

    /// True if the engine stops with this screen, and would freeze with it.
    var carriesEngine: Bool { role != .watch }
}
