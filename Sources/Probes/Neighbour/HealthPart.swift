/// One part of an engine as `/health` names it.
package struct HealthPart: Sendable, Equatable, Codable {
    package enum State: String, Sendable, Codable {
        case ok
        /// Works, and somebody should look.
        case degraded
        case failed
        /// Not known yet.
        case unknown
    }

    package var name: String
    package var state: State
    /// Since when it is so; nil if that is not known.
    package var since: Timestamp?
    /// One line without secrets.
    package var words: String
    /// Whether an engine without it cannot do its work.
    package var isRequired: Bool

    package init(
        _ name: String, _ state: State, since: Timestamp? = nil, _ words: String,
        isRequired: Bool = true
    ) {
        self.name = name
        self.state = state
        self.since = since
        self.words = words
        self.isRequired = isRequired
    }

    package var json: JSONValue {
        [
            "state": .string(state.rawValue), "since": .timestamp(orNull: since),
            "words": .string(words), "required": .bool(isRequired),
        ]
    }
}
