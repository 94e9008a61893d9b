import Probes

/// One of the five fields of a cron expression: which values it may have, and how they are written.
enum CronField: Int, CaseIterable, Sendable {
    case minute, hour, dayOfMonth, month, dayOfWeek

    /// As messages name it.
    var words: String {
        switch self {
        case .minute: "minute"
        case .hour: "hour"
        case .dayOfMonth: "day of month"
        case .month: "month"
        case .dayOfWeek: "day of week"
        }
    }

    /// Sunday is 0, and may be written as 7 too.
    var range: ClosedRange<Int> {
        switch self {
        case .minute: 0...59
        case .hour: 0...23
        case .dayOfMonth: 1...31
        case .month: 1...12
        case .dayOfWeek: 0...7
        }
    }

    /// The names of the values, from the first of `firstName` on; empty where there are numbers only.
    private var names: [String] {
        switch self {
        case .minute, .hour, .dayOfMonth: []
        case .month:
            [
                "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
            ]
        case .dayOfWeek: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
        }
    }

    private var allowed: String {
        let numbers = "\(range.lowerBound) to \(range.upperBound)"
        guard let first = names.first, let last = names.last else { return numbers }
        return "\(numbers), or \(first) to \(last)"
    }

    /// Reads a field: `*`, `5`, `mon-fri`, `*/15`, `8-18/2`, and lists of these with commas.
    ///
    /// - Returns: the values as bits, the value 0 in bit 0; Sunday in bit 0 only.
    func read(_ text: String) throws(CronExpression.Fault) -> UInt64 {
        var values: UInt64 = 0
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            values |= try read(part: String(part), of: text)
        }
        guard self == .dayOfWeek, values & 1 << 7 != 0 else { return values }
        return values & ~(1 << 7) | 1
    }

    private func read(part: String, of text: String) throws(CronExpression.Fault) -> UInt64 {
        let halves = part.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard let first = halves.first, !first.isEmpty, halves.count <= 2 else {
            throw fault("'\(text)' is not a list of values, ranges and steps")
        }
        let span = try span(first, hasStep: halves.count == 2)
        var step = 1
        if halves.count == 2 {
            guard let number = Self.number(halves[1]), number >= 1, number <= range.upperBound
            else { throw fault("the step of '\(part)' must be 1 to \(range.upperBound)") }
            step = number
        }
        return stride(from: span.lowerBound, through: span.upperBound, by: step)
            .reduce(0) { $0 | 1 << UInt64($1) }
    }

    private func span(
        _ text: String, hasStep: Bool
    ) throws(CronExpression.Fault) -> ClosedRange<Int> {
        // Seven is Sunday once more: `*` and its steps do not count it.
        if text == "*" { return self == .dayOfWeek ? 0...6 : range }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard ends.count <= 2 else { throw fault("'\(text)' is not a range") }
        let first = try value(ends[0])
        guard ends.count == 2 else {
            guard !hasStep else {
                throw fault("a step goes with a range: write \(text)-\(range.upperBound)/…")
            }
            return first...first
        }
        var last = try value(ends[1])
        if self == .dayOfWeek, last == 0, first > 0 { last = 7 }
        guard first <= last else { throw fault("the range '\(text)' runs backwards") }
        return first...last
    }

    private func value(_ text: String) throws(CronExpression.Fault) -> Int {
        if let number = Self.number(text) {
            guard range.contains(number) else {
                throw fault("\(number) is out of range: it goes from \(allowed)")
            }
            return number
        }
        let word = text.lowercased()
        if let place = names.firstIndex(of: word) {
            return place + (self == .month ? 1 : 0)
        }
        let near = NearestName.nearest(to: word, in: names).map { ": is '\($0)' meant?" }
        throw fault("'\(text)' is not a value" + (near ?? "; it goes from \(allowed)"))
    }

    private func fault(_ sentence: String) -> CronExpression.Fault {
        CronExpression.Fault(field: words, sentence: sentence)
    }

    private static func number(_ text: String) -> Int? {
        guard (1...4).contains(text.utf8.count),
            text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return Int(text)
    }
}
