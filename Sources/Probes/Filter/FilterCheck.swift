/// What a term asks of one field's value. Where several values are given, one is enough.
enum FilterCheck: Equatable, Sendable {
    /// Exactly one of these texts.
    case exact([String])
    case patterns([FilterPattern])
    /// One of these words, in lower case.
    case choice([String])
    case number(FilterComparison, [FilterLiteral.Number])
    case time(FilterComparison, [Range<Timestamp>])
    case age(FilterComparison, Duration)
    case flag(Bool)

    /// Reads a term's values as the kind of the field demands.
    init(
        _ kind: FilterKind, of name: String, _ comparison: FilterComparison,
        _ values: [FilterSyntax.Value]
    ) throws(FilterError) {
        guard comparison == .equal || kind.isOrdered, let first = values.first else {
            throw FilterError(
                position: values.first?.position ?? 0,
                message: "\(name) has no order: write \(name): and \(kind.expectation)")
        }
        switch kind {
        case .key where !values.contains(where: \.text.hasWildcard):
            self = .exact(values.flatMap { Self.spellings(of: $0.text.plain) })
        case .key, .code, .codes:
            self = .patterns(values.map { FilterPattern($0.text, occurring: false) })
        case .prose:
            self = .patterns(values.map { FilterPattern($0.text, occurring: true) })
        case .choice(let words):
            self = .choice(try Self.words(values, among: words, of: name))
        case .number(let unit):
            self = .number(
                comparison, try Self.all(values, name, kind) { Self.number($0, unit: unit) })
        case .time:
            self = .time(comparison, try Self.all(values, name, kind, FilterLiteral.time))
        case .age:
            guard comparison != .equal else {
                throw FilterError(
                    position: first.position, message: "write \(name)> or \(name)< and a duration")
            }
            self = .age(
                comparison, try Self.all([first], name, kind, FilterLiteral.duration)[0])
        case .flag:
            guard values.count == 1 else {
                throw FilterError(
                    position: values[1].position, message: "\(name) takes one value, true or false")
            }
            self = .flag(try Self.all(values, name, kind, Self.flag)[0])
        }
    }

    /// Whether it asks for certain values, and not for a stretch or a likeness of them.
    var isExact: Bool {
        switch self {
        case .exact, .choice, .number(.equal, _), .flag: true
        case .patterns, .number, .time, .age: false
        }
    }

    /// As typed, and in upper and in lower case: what an index can find.
    private static func spellings(of text: String) -> [String] {
        let lower = String(decoding: FilterPattern.folded(text), as: UTF8.self)
        let upper = String(
            decoding: text.utf8.map { (0x61...0x7A).contains($0) ? $0 & 0xDF : $0 }, as: UTF8.self)
        return [text] + [upper, lower].filter { $0 != text }
    }

    private static func words(
        _ values: [FilterSyntax.Value], among words: [String], of name: String
    ) throws(FilterError) -> [String] {
        var found: [String] = []
        for value in values {
            let pattern = FilterPattern(value.text, occurring: false)
            let matching = words.filter(pattern.matches)
            guard !matching.isEmpty else {
                let nearest = NearestName.nearest(to: value.text.plain, in: words)
                throw FilterError(
                    position: value.position,
                    message: "\(name) is never \(value.text.plain)"
                        + (nearest.map { "; did you mean \($0)?" } ?? "")
                        + " (\(words.joined(separator: ", ")))")
            }
            found += matching.filter { !found.contains($0) }
        }
        return found
    }

    private static func number(_ text: String, unit: FilterUnit?) -> FilterLiteral.Number? {
        if let number = FilterLiteral.number(text) { return number }
        guard let unit, let duration = FilterLiteral.duration(text) else { return nil }
        let one: Duration = unit == .seconds ? .seconds(1) : .milliseconds(1)
        return .decimal(duration / one)
    }

    private static func flag(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "yes": true
        case "false", "no": false
        default: nil
        }
    }

    private static func all<Value>(
        _ values: [FilterSyntax.Value], _ name: String, _ kind: FilterKind,
        _ read: (String) -> Value?
    ) throws(FilterError) -> [Value] {
        var results: [Value] = []
        for value in values {
            guard let result = read(value.text.plain) else {
                throw FilterError(
                    position: value.position,
                    message: "\(value.text.plain) is not what \(name) takes: expected "
                        + kind.expectation)
            }
            results.append(result)
        }
        return results
    }
}
