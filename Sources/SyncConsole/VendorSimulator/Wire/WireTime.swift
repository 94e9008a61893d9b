import FoundationEssentials

/// Times as they are sent: ISO 8601 in UTC, to the millisecond.
enum WireTime {
    /// - Parameter milliseconds: since 1970.
    static func text(_ milliseconds: Int64) -> String {
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1_000)
        return date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// The time of day, for people: `12:03:44`, in UTC.
    static func clock(_ milliseconds: Int64) -> String {
        String(text(milliseconds).dropFirst(11).prefix(8))
    }
}
