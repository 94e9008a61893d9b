/// Text from outside as a line that can be sent to people: control characters and what turns the
/// direction of writing become spaces, and it is cut off where it is long.
enum OneLine {
    /// - Parameter limit: in characters.
    static func clean(_ text: String, limit: Int = 200) -> String {
        var cleaned = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(limit * 4) {
            cleaned.append(isVisible(scalar) ? scalar : " ")
        }
        let words = String(cleaned).split(separator: " ", omittingEmptySubsequences: true)
            .joined(separator: " ")
        return words.count > limit ? words.prefix(limit - 1) + "…" : words
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: false
        default: true
        }
    }
}
