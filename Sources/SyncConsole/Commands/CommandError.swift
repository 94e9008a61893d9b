/// Why a command did not do what it was asked to, and how it therefore ends.
struct CommandError: Error, Equatable {
    enum Kind: Int32, Sendable {
        case failed = 1
        case usage = 2
        /// Not allowed, already decided, or moved meanwhile.
        case refused = 3
        /// A server cannot be reached.
        case unreachable = 4
    }

    let kind: Kind
    /// One sentence that says what to do.
    let sentence: String

    init(_ kind: Kind, _ sentence: String) {
        self.kind = kind
        self.sentence = sentence
    }
}

/// Ends a command whose output already says everything.
struct EarlyExit: Error, Equatable {
    let code: Int32
}
