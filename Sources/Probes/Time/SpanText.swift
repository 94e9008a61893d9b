/// Spans of time as people type them: `30s`, `5m`, `2h`, `1d`.
package enum SpanText {
    private static let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
    private static let largest: Int64 = 100_000

    /// Nil if it is none, or of more than 100,000 of its unit.
    package static func seconds(_ text: String) -> Int64? {
        guard let unit = text.last.flatMap({ units[$0] }), let number = Int64(text.dropLast()),
            (0...largest).contains(number)
        else { return nil }
        return number * unit
    }
}
