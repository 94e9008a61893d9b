/// Durations as people write them: a whole number and `ms`, `s`, `m` or `h`.
enum DurationText {
    /// Nil if it is not one, or is longer than a day.
    static func read(_ text: String) -> Duration? {
        let units: [(suffix: String, milliseconds: Int64)] = [
            ("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000),
        ]
        for unit in units where text.hasSuffix(unit.suffix) {
            let digits = text.dropLast(unit.suffix.utf8.count)
            guard !digits.isEmpty, digits.utf8.count <= 8,
                digits.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int64(digits)
            else { return nil }
            let milliseconds = number * unit.milliseconds
            return milliseconds <= 86_400_000 ? .milliseconds(milliseconds) : nil
        }
        return nil
    }

    /// Hours or days, from an hour to a hundred years: `12h`, `400d`. Nil if it is not.
    static func readPeriod(_ text: String) -> Duration? {
        let hours: Int64
        switch text.last {
        case "h": hours = 1
        case "d": hours = 24
        default: return nil
        }
        let digits = text.dropLast()
        guard digits.utf8.count <= 6, digits.utf8.allSatisfy({ (48...57).contains($0) }),
            let number = Int64(digits), (1...876_000).contains(number * hours)
        else { return nil }
        return .seconds(number * hours * 3_600)
    }

    /// The shortest text that reads back as the same, to the millisecond.
    static func write(_ duration: Duration) -> String {
        let parts = duration.components
        let milliseconds = parts.seconds * 1_000 + parts.attoseconds / 1_000_000_000_000_000
        switch milliseconds {
        case let whole where whole > 86_400_000 && whole % 86_400_000 == 0:
            return "\(whole / 86_400_000)d"
        case let whole where whole != 0 && whole % 3_600_000 == 0: return "\(whole / 3_600_000)h"
        case let whole where whole != 0 && whole % 60_000 == 0: return "\(whole / 60_000)m"
        case let whole where whole % 1_000 == 0: return "\(whole / 1_000)s"
        default: return "\(milliseconds)ms"
        }
    }
}
