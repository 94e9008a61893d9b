/// Why a configuration does not hold, in one sentence that says what to do.
struct ConfigurationProblem: Sendable, Equatable, CustomStringConvertible {
    /// `FILE:LINE`, or the variable; nil where the place is the absence of one.
    var place: String?
    var sentence: String

    var description: String {
        place.map { "\($0): \(sentence)" } ?? sentence
    }
}

/// All that is wrong with a configuration; never empty.
struct ConfigurationProblems: Error, Sendable, Equatable {
    var problems: [ConfigurationProblem]

    /// The first, and how many more there are: what fits one line.
    var sentence: String {
        let first = problems.first?.description ?? "the configuration is wrong"
        return problems.count < 2
            ? first
            : first + " (and \(problems.count - 1) more: 'syncconsole config --check' lists them)"
    }
}
