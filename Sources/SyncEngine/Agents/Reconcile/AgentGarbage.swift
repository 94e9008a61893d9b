/// An answer that cannot be right, in words for the run's row. Asking again may help.
struct AgentGarbage: Error, Sendable, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
