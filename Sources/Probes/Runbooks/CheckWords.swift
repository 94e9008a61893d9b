/// Figures in the sentences of checks.
enum CheckWords {
    /// `1,204`
    static func full(_ value: Int) -> String {
        var digits = Array(String(value.magnitude))
        for place in stride(from: digits.count - 3, to: 0, by: -3) {
            digits.insert(",", at: place)
        }
        return (value < 0 ? "-" : "") + String(digits)
    }

    /// `1 event`, `1,204 events`
    static func of(_ value: Int, _ one: String, _ many: String? = nil) -> String {
        "\(full(value)) \(value == 1 ? one : many ?? one + "s")"
    }

    /// `47 s`, `5 min`, `3 h`, `2 d`
    static func age(_ duration: Duration) -> String {
        let seconds = max(0, duration.components.seconds)
        if seconds < 120 { return "\(seconds) s" }
        if seconds < 7_200 { return "\(seconds / 60) min" }
        return seconds < 172_800 ? "\(seconds / 3_600) h" : "\(seconds / 86_400) d"
    }

    /// `12.6%`
    static func percent(_ value: Double) -> String {
        let tenths = Int((max(0, min(value, 999)) * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)%"
    }

    /// The first so many characters of a text from outside.
    static func cut(_ text: String, to most: Int = 100) -> String {
        text.count > most ? text.prefix(most - 1) + "…" : text
    }
}
