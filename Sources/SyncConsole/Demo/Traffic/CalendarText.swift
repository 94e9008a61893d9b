/// Moments of the demo: milliseconds since 1970 in UTC, and the ISO 8601 texts that mean them.
///
/// The demo's own, so that a fault in the engine's dates shows. Proleptic Gregorian calendar; the
/// conversions are Howard Hinnant's "chrono-compatible low-level date algorithms".
package enum CalendarText {
    package static let millisecondsPerDay: Int64 = 86_400_000

    /// "2025-01-17T10:30:00Z", with ".123" before the Z unless the milliseconds are zero.
    package static func timestamp(_ milliseconds: Int64) -> String {
        let day = floorDivide(milliseconds, millisecondsPerDay)
        let rest = milliseconds - day * millisecondsPerDay
        let seconds = rest / 1_000
        let fraction = rest % 1_000
        let clock = [seconds / 3_600, seconds / 60 % 60, seconds % 60]
            .map { padded($0, 2) }.joined(separator: ":")
        return date(milliseconds) + "T" + clock
            + (fraction == 0 ? "Z" : "." + padded(fraction, 3) + "Z")
    }

    /// "2025-01-17", the day in UTC.
    package static func date(_ milliseconds: Int64) -> String {
        let shifted = floorDivide(milliseconds, millisecondsPerDay) + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
    }

    /// Reads what `timestamp` and `date` write; nil for anything else.
    package static func milliseconds(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int64? {
            guard range.upperBound <= bytes.count else { return nil }
            var value: Int64 = 0
            for byte in bytes[range] {
                guard byte >= 48, byte <= 57 else { return nil }
                value = value * 10 + Int64(byte - 48)
            }
            return value
        }
        func has(_ character: Unicode.Scalar, at index: Int) -> Bool {
            index < bytes.count && bytes[index] == UInt8(ascii: character)
        }
        guard let year = number(0..<4), has("-", at: 4), let month = number(5..<7),
            has("-", at: 7), let day = number(8..<10), (1...12).contains(month),
            (1...31).contains(day)
        else { return nil }
        let midnight = days(year: year, month: month, day: day) * millisecondsPerDay
        guard bytes.count > 10 else { return midnight }
        guard has("T", at: 10), let hour = number(11..<13), has(":", at: 13),
            let minute = number(14..<16), has(":", at: 16), let second = number(17..<19)
        else { return nil }
        let fraction = has(".", at: 19) ? number(20..<23) : 0
        guard let fraction, has("Z", at: has(".", at: 19) ? 23 : 19) else { return nil }
        return midnight + (hour * 3_600 + minute * 60 + second) * 1_000 + fraction
    }

    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = floorDivide(shiftedYear, 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
