import Probes

/// The time zone in which the console shows points in time.
package struct ClockZone: Sendable {
    /// Shown beside the clock: `UTC`, `CET`.
    package let name: String
    private let secondsEast: @Sendable (Timestamp) -> Int64

    /// - Parameter secondsEast: the offset from UTC that holds at a moment.
    package init(name: String, secondsEast: @escaping @Sendable (Timestamp) -> Int64) {
        self.name = name
        self.secondsEast = secondsEast
    }

    package static let utc = ClockZone(name: "UTC") { _ in 0 }

    /// `03:02`
    func minutes(_ time: Timestamp) -> String {
        let parts = parts(time)
        return "\(two(parts.hour)):\(two(parts.minute))"
    }

    /// `03:02:11`
    func seconds(_ time: Timestamp) -> String {
        "\(minutes(time)):\(two(parts(time).second))"
    }

    /// `2026-11-21 03:02:11`
    func full(_ time: Timestamp) -> String {
        "\(date(time)) \(seconds(time))"
    }

    /// `03:02:11` of today, `11-20 03:02` of another day, the date alone of another year.
    func near(_ time: Timestamp, now: Timestamp) -> String {
        if date(time) == date(now) { return seconds(time) }
        let day = date(time)
        return day.prefix(4) == date(now).prefix(4)
            ? "\(day.dropFirst(5)) \(minutes(time))" : day
    }

    /// `11-21 03:02`
    func dayAndMinute(_ time: Timestamp) -> String {
        "\(date(time).dropFirst(5)) \(minutes(time))"
    }

    private func date(_ time: Timestamp) -> String {
        let day = CivilDate(daysSinceEpoch: floorDivide(localSeconds(time), 86_400))
        return "\(day.year)-\(two(day.month))-\(two(day.day))"
    }

    private func parts(_ time: Timestamp) -> (hour: Int, minute: Int, second: Int) {
        let local = localSeconds(time)
        let second = Int(local - floorDivide(local, 86_400) * 86_400)
        return (second / 3_600, second / 60 % 60, second % 60)
    }

    private func localSeconds(_ time: Timestamp) -> Int64 {
        floorDivide(time.microseconds, 1_000_000) + secondsEast(time)
    }

    private func floorDivide(_ value: Int64, _ by: Int64) -> Int64 {
        value >= 0 ? value / by : -((-value + by - 1) / by)
    }

    private func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
