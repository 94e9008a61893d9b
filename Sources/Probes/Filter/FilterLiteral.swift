/// The values of the filter language: numbers, durations, times.
enum FilterLiteral {
    /// A whole number if it is one, so that large ids are compared exactly.
    enum Number: Equatable, Sendable {
        case integer(Int64)
        case decimal(Double)
    }

    static func number(_ text: String) -> Number? {
        if let integer = Int64(text) { return .integer(integer) }
        guard text.utf8.allSatisfy({ "0123456789.-+eE".utf8.contains($0) }),
            let decimal = Double(text), decimal.isFinite
        else { return nil }
        return .decimal(decimal)
    }

    /// `90s`, `5m`, `1h30m`, `2d`, `1w`, `250ms`; at most a few thousand years.
    static func duration(_ text: String) -> Duration? {
        var rest = Substring(text)
        var microseconds: Int64 = 0
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(unit.count)
            guard let count = Int64(digits), let factor = unitMicroseconds[unit.lowercased()] else {
                return nil
            }
            let (product, overflow) = count.multipliedReportingOverflow(by: factor)
            let (sum, carry) = microseconds.addingReportingOverflow(product)
            guard !overflow, !carry, sum < 100_000_000_000_000_000 else { return nil }
            microseconds = sum
        }
        return .microseconds(microseconds)
    }

    private static let unitMicroseconds: [String: Int64] = [
        "ms": 1_000, "s": 1_000_000, "m": 60_000_000, "h": 3_600_000_000, "d": 86_400_000_000,
        "w": 604_800_000_000,
    ]

    /// The stretch of time that an ISO 8601 text names: a day for a date, a moment for a time.
    static func time(_ text: String) -> Range<Timestamp>? {
        guard let start = Timestamp(iso8601: text) else { return nil }
        let isDate = text.utf8.count <= 10
        let end = start.advanced(by: isDate ? .seconds(86_400) : .microseconds(1))
        return start..<end
    }
}
