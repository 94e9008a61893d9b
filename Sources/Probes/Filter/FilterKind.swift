/// What a field holds, and so how it may be asked for.
package enum FilterKind: Sendable, Equatable {
    /// An identifier that an index finds: equal as typed, or to that in upper or lower case.
    case key
    /// A short name, compared whole whatever its case; `*` stands for anything.
    case code
    /// Several short names; one that fits is enough.
    case codes
    /// One of these words, in lower case.
    case choice([String])
    /// Running text: a value fits that occurs in it, whatever its case.
    case prose
    /// A number; with a unit it also takes durations (`latency_ms>2s`).
    case number(unit: FilterUnit?)
    case time
    /// A time, asked for by how long ago it was: `age>1h`.
    case age
    case flag

    /// What a value looks like, for messages and suggestions.
    package var expectation: String {
        switch self {
        case .key, .code, .codes: "a whole value, or its beginning and *"
        case .choice(let words): "one of " + words.joined(separator: ", ")
        case .prose: "a piece of its text"
        case .number(unit: nil): "a number, such as 3"
        case .number(unit: .some): "a number or a duration, such as 90s"
        case .time: "a time, such as 2026-01-31 or 2026-01-31T03:10Z"
        case .age: "a duration, such as 90s, 5m, 1h or 2d"
        case .flag: "true or false"
        }
    }

    /// Whether `<`, `<=`, `>` and `>=` mean something.
    var isOrdered: Bool {
        switch self {
        case .number, .time, .age: true
        case .key, .code, .codes, .choice, .prose, .flag: false
        }
    }
}

/// The unit of a number that is a length of time.
package enum FilterUnit: Sendable, Equatable {
    case milliseconds, seconds
}

/// What a row holds in a field.
package enum FilterValue: Sendable, Equatable {
    case absent
    case text(String)
    case texts([String])
    case integer(Int64)
    case decimal(Double)
    case time(Timestamp)
    case flag(Bool)
}
