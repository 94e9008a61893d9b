import Probes

/// When a job is due: five fields as in Vixie's cron (`crontab(5)`), or one of its short names.
///
/// Minute, hour, day of month, month, day of week; lists, ranges, steps, names of months and
/// weekdays; Sunday is 0 and 7. Where both days are restricted, either of them is enough; a field
/// that begins with `*` does not restrict.
package struct CronExpression: Sendable, Hashable {
    /// What is wrong with an expression, with the field that is at fault.
    package struct Fault: Error, Equatable, CustomStringConvertible {
        /// Nil if it is the expression as a whole.
        package var field: String?
        package var sentence: String

        package var description: String { field.map { "\($0): \(sentence)" } ?? sentence }
    }

    /// As it was written.
    package let text: String
    private let minutes: UInt64
    private let hours: UInt64
    private let daysOfMonth: UInt64
    private let months: UInt64
    private let daysOfWeek: UInt64
    private let needsEitherDay: Bool
    /// The hour is left open: it is due in every real hour, and none is made up or left out where
    /// the clock is changed.
    let followsRealTime: Bool

    private static let shortNames = [
        "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@weekly": "0 0 * * 0",
        "@monthly": "0 0 1 * *",
    ]

    package init(_ text: String) throws(Fault) {
        self.text = text
        var meant = text
        if text.hasPrefix("@") {
            guard let fields = Self.shortNames[text.lowercased()] else {
                let names = Self.shortNames.keys.sorted()
                let near = NearestName.nearest(to: text, in: names)
                throw Fault(
                    sentence: "'\(text)' is not a short name"
                        + (near.map { ": is '\($0)' meant?" }
                            ?? "; there are \(names.joined(separator: ", "))"))
            }
            meant = fields
        }
        let parts = meant.split { $0 == " " || $0 == "\t" }.map(String.init)
        guard parts.count == CronField.allCases.count else {
            throw Fault(
                sentence: "needs five fields (minute, hour, day of month, month, day of week),"
                    + " and has \(parts.count)")
        }
        minutes = try CronField.minute.read(parts[0])
        hours = try CronField.hour.read(parts[1])
        daysOfMonth = try CronField.dayOfMonth.read(parts[2])
        months = try CronField.month.read(parts[3])
        daysOfWeek = try CronField.dayOfWeek.read(parts[4])
        needsEitherDay = !parts[2].hasPrefix("*") && !parts[4].hasPrefix("*")
        followsRealTime = parts[1].hasPrefix("*") || hours == (1 << 24) - 1
        guard needsEitherDay || hasDays else {
            throw Fault(
                field: CronField.dayOfMonth.words, sentence: "no month of these has such a day")
        }
    }

    /// Whether any of the months has one of the days.
    private var hasDays: Bool {
        let longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...12).contains { month in
            months & 1 << UInt64(month) != 0
                && daysOfMonth & ((1 << UInt64(longest[month - 1] + 1)) - 1) != 0
        }
    }

    // MARK: What a clock shows

    /// Whether it is due on a day, counted from 1970-01-01.
    func isDue(onDay day: Int64) -> Bool {
        let date = CivilDate(daysSinceEpoch: day)
        guard months & 1 << UInt64(date.month) != 0 else { return false }
        let isDayOfMonth = daysOfMonth & 1 << UInt64(date.day) != 0
        // The first day of the epoch was a Thursday.
        let weekday = ((day + 4) % 7 + 7) % 7
        let isDayOfWeek = daysOfWeek & 1 << UInt64(weekday) != 0
        return needsEitherDay ? isDayOfMonth || isDayOfWeek : isDayOfMonth && isDayOfWeek
    }

    /// Whether it is due at a minute of a day that it is due on.
    func isDue(atMinute minute: Int64) -> Bool {
        hours & 1 << UInt64(minute / 60) != 0 && minutes & 1 << UInt64(minute % 60) != 0
    }
}
