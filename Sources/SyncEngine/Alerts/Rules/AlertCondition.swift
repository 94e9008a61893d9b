import Probes

/// What must be so for a rule to speak: a signal, an operator, and a number or a word.
///
/// `consumer_lag > 1000`, `reconciliation_status == FAILED`.
package struct AlertCondition: Sendable, Equatable, CustomStringConvertible {
    package enum Comparison: String, Sendable, CaseIterable {
        case greaterOrEqual = ">="
        case lessOrEqual = "<="
        case equal = "=="
        case unequal = "!="
        case greater = ">"
        case less = "<"
    }

    package let signal: Signal
    package let comparison: Comparison
    package let limit: SignalValue.Figure

    /// Why a text is no condition, with what was probably meant.
    package struct Mistake: Error, Equatable {
        package var sentence: String
    }

    package init(_ text: String) throws(Mistake) {
        guard
            let (comparison, range) = Comparison.allCases.lazy.compactMap({ comparison in
                text.firstRange(of: comparison.rawValue).map { (comparison, $0) }
            }).first
        else {
            throw Mistake(
                sentence: "expected a signal, one of > >= < <= == != and a limit, such as "
                    + "'consumer_lag > 1000'; found '\(text)'")
        }
        let name = Self.trimmed(text[..<range.lowerBound])
        let limit = Self.trimmed(text[range.upperBound...])
        guard let signal = Signal(rawValue: name) else {
            let names = Signal.allCases.map(\.rawValue)
            let hint = NearestName.nearest(to: name, in: names).map { "did you mean \($0)?" }
            throw Mistake(
                sentence: "'\(name)' is not a signal; "
                    + (hint ?? "known are \(names.joined(separator: ", "))"))
        }
        self.signal = signal
        self.comparison = comparison
        self.limit = try Self.figure(limit, comparison, signal)
    }

    package var description: String { "\(signal.rawValue) \(comparison.rawValue) \(limitText)" }

    /// The limit as people read it.
    package var limitText: String {
        switch limit {
        case .number(let number): SignalWords.number(number)
        case .word(let word): word
        }
    }

    /// Whether it holds of what a signal says.
    package func holds(of figure: SignalValue.Figure) -> Bool {
        switch (figure, limit) {
        case (.number(let value), .number(let limit)):
            switch comparison {
            case .greater: value > limit
            case .greaterOrEqual: value >= limit
            case .less: value < limit
            case .lessOrEqual: value <= limit
            case .equal: value == limit
            case .unequal: value != limit
            }
        case (.word(let value), .word(let limit)):
            comparison == .unequal
                ? value.uppercased() != limit.uppercased()
                : comparison == .equal && value.uppercased() == limit.uppercased()
        default: false
        }
    }

    private static func figure(
        _ text: String, _ comparison: Comparison, _ signal: Signal
    ) throws(Mistake) -> SignalValue.Figure {
        guard !signal.isWord else {
            guard comparison == .equal || comparison == .unequal else {
                throw Mistake(
                    sentence: "\(signal.rawValue) is a word: compare it with == or !=")
            }
            guard !text.isEmpty, text.utf8.allSatisfy(Self.isWordByte) else {
                throw Mistake(sentence: "expected a word behind \(comparison.rawValue)")
            }
            return .word(text)
        }
        guard let number = Double(text), number.isFinite else {
            throw Mistake(
                sentence: "expected a number behind \(comparison.rawValue), found '\(text)'")
        }
        return .number(number)
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
