import Probes

/// How long something has lasted, in words that change no oftener than once a minute.
///
/// An hour-long shift in front of an idle system must not cost a byte a second: seconds are shown
/// only where they matter (`exact`), that is, while a server is away or a breaker counts down.
enum Age {
    /// `now`, `5 min`, `2 h 10 min`, `3 d 4 h`.
    static func words(_ duration: Duration) -> String {
        let minutes = duration.components.seconds / 60
        if minutes < 1 { return "now" }
        if minutes < 60 { return "\(minutes) min" }
        if minutes < 24 * 60 { return join(minutes / 60, "h", minutes % 60, "min") }
        return join(minutes / 1_440, "d", minutes % 1_440 / 60, "h")
    }

    /// For a narrow column: `now`, `5m`, `2h`, `3d`.
    static func short(_ duration: Duration) -> String {
        let minutes = duration.components.seconds / 60
        if minutes < 1 { return "now" }
        if minutes < 60 { return "\(minutes)m" }
        return minutes < 1_440 ? "\(minutes / 60)h" : "\(minutes / 1_440)d"
    }

    /// `0 s`, `47 s`, `5 min 3 s`, `2 h 10 min`.
    static func exact(_ duration: Duration) -> String {
        let seconds = max(0, duration.components.seconds)
        if seconds < 60 { return "\(seconds) s" }
        return seconds < 3_600 ? join(seconds / 60, "min", seconds % 60, "s") : words(duration)
    }

    /// A forecast, in two figures at most: `8 s`, `4 min`, `2 h`, `5 d`.
    static func forecast(seconds: Double?) -> String {
        guard let seconds, seconds.isFinite, seconds >= 0 else { return Count.unknown }
        if seconds < 60 { return "\(Int(seconds.rounded(.up))) s" }
        if seconds < 5_400 { return "\(Int((seconds / 60).rounded(.up))) min" }
        if seconds < 172_800 { return "\(Int((seconds / 3_600).rounded(.up))) h" }
        return "\(Count.full(Int64(min(1e15, (seconds / 86_400).rounded(.up))))) d"
    }

    private static func join(
        _ large: Int64, _ largeUnit: String, _ small: Int64, _ smallUnit: String
    ) -> String {
        small == 0 ? "\(large) \(largeUnit)" : "\(large) \(largeUnit) \(small) \(smallUnit)"
    }
}
