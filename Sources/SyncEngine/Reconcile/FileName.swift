import Probes

/// The names of daily files: `services_{CC}_{YYYYMMDD}.csv`.
package enum FileName {
    /// The file of the day on which `moment` falls at the source.
    package static func of(_ source: FileSource, at moment: Timestamp) -> String {
        prefix(of: source) + digits(of: day(of: moment, source)) + suffix
    }

    /// What all files of a source begin with.
    package static func prefix(of source: FileSource) -> String {
        "services_\(source.country)_"
    }

    /// Whether `name` is a daily file of `source`.
    package static func isDaily(_ name: String, of source: FileSource) -> Bool {
        name.hasPrefix(prefix(of: source)) && day(in: name) != nil
    }

    /// The day in a name: the eight digits before its ending. Nil if there is no such day.
    package static func day(in name: String) -> CivilDate? {
        guard name.hasSuffix(suffix) else { return nil }
        let stem = name.dropLast(suffix.count)
        let digits = stem.suffix(8)
        guard digits.utf8.count == 8, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            stem.dropLast(8).hasSuffix("_"),
            let number = Int(digits)
        else { return nil }
        return CivilDate(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }

    private static let suffix = ".csv"

    private static func day(of moment: Timestamp, _ source: FileSource) -> CivilDate {
        let calendar = SourceCalendar(secondsFromUTC: source.secondsFromUTC)
        return CivilDate(daysSinceEpoch: calendar.day(of: moment))
    }

    private static func digits(of day: CivilDate) -> String {
        func padded(_ number: Int, _ width: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
        }
        return padded(day.year, 4) + padded(day.month, 2) + padded(day.day, 2)
    }
}
