/// What a signal says of one subject.
package struct SignalValue: Sendable, Equatable {
    package enum Figure: Sendable, Equatable {
        case number(Double)
        case word(String)
    }

    /// A topic, a source, a breaker's key …; empty where the signal has only one.
    package var subject: String
    package var figure: Figure
    /// How many the percentage is of; nil for other signals.
    package var outOf: Int64?
    /// Whose data it is about, for the contact to call.
    package var sourceSystem: String?
    /// What else is known in one line: an error, a run's number.
    package var details: String?

    package init(
        subject: String = "", _ figure: Figure, outOf: Int64? = nil, sourceSystem: String? = nil,
        details: String? = nil
    ) {
        self.subject = subject
        self.figure = figure
        self.outOf = outOf
        self.sourceSystem = sourceSystem
        self.details = details
    }

    package var number: Double? { if case .number(let number) = figure { number } else { nil } }
    package var word: String? { if case .word(let word) = figure { word } else { nil } }
}

/// What is known of a signal.
package enum SignalReading: Sendable, Equatable {
    /// It cannot be told now, and why: no rule fires over it, and none resolves.
    case unknown(String)
    /// By subject, each once; without any, nothing is the matter.
    case known([SignalValue])
}
