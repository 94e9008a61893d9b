import Probes

/// Figures in messages.
enum SignalWords {
    /// Whole numbers without a point, others with one digit behind it.
    static func number(_ number: Double) -> String {
        if number.rounded() == number, abs(number) < 1e15 { return "\(Int64(number))" }
        return "\((number * 10).rounded() / 10)"
    }

    /// `12.5 %`, `3400 messages`, `FAILED`.
    static func figure(_ figure: SignalValue.Figure, unit: String) -> String {
        switch figure {
        case .word(let word): word
        case .number(let number):
            unit.isEmpty ? self.number(number) : "\(self.number(number)) \(unit)"
        }
    }
}
