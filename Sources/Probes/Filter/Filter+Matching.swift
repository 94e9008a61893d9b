extension Filter {
    /// Whether the filter selects a row that is in memory.
    ///
    /// - Parameter now: what ages are counted from.
    package func matches(_ row: Row, at now: Timestamp) -> Bool {
        terms.allSatisfy { $0.test.holds(for: row, at: now) != $0.isNegated }
    }
}

extension Filter.Test {
    fileprivate func holds(for row: Row, at now: Timestamp) -> Bool {
        switch self {
        case .word(let pattern):
            Row.filterFields.contains { field in
                field.isSearched && field.value(row).contains(pattern)
            }
        case .field(let field, let check): check.holds(for: field.value(row), at: now)
        }
    }
}

extension FilterValue {
    fileprivate func contains(_ pattern: FilterPattern) -> Bool {
        switch self {
        case .text(let text): pattern.matches(text)
        case .texts(let texts): texts.contains(where: pattern.matches)
        case .absent, .integer, .decimal, .time, .flag: false
        }
    }
}

extension FilterCheck {
    /// An absent value fits nothing.
    fileprivate func holds(for value: FilterValue, at now: Timestamp) -> Bool {
        switch (self, value) {
        case (.exact(let texts), .text(let text)):
            // By bytes, as the database does; `==` would take composed and decomposed as equal.
            texts.contains { $0.utf8.elementsEqual(text.utf8) }
        case (.patterns(let patterns), _): patterns.contains { value.contains($0) }
        case (.choice(let words), .text(let text)): words.contains(text)
        case (.number(let comparison, let numbers), _):
            numbers.contains { comparison.holds(value, $0) }
        case (.time(let comparison, let ranges), .time(let time)):
            ranges.contains { comparison.holds(time, $0) }
        case (.age(let comparison, let duration), .time(let time)):
            comparison.reversed.holds(time, now.advanced(by: .zero - duration))
        case (.flag(let expected), .flag(let flag)): expected == flag
        default: false
        }
    }
}

extension FilterComparison {
    /// How times compare where ages compare this way.
    var reversed: FilterComparison {
        switch self {
        case .equal: .equal
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        }
    }

    fileprivate func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
        switch self {
        case .equal: left == right
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        }
    }

    fileprivate func holds(_ value: FilterValue, _ number: FilterLiteral.Number) -> Bool {
        switch (value, number) {
        case (.integer(let left), .integer(let right)): holds(left, right)
        case (.integer(let left), .decimal(let right)): holds(Double(left), right)
        case (.decimal(let left), .integer(let right)): holds(left, Double(right))
        case (.decimal(let left), .decimal(let right)): holds(left, right)
        default: false
        }
    }

    /// A day is before, within or after; `>2026-01-31` begins with the first of February.
    fileprivate func holds(_ time: Timestamp, _ range: Range<Timestamp>) -> Bool {
        switch self {
        case .equal: range.contains(time)
        case .less: time < range.lowerBound
        case .lessOrEqual: time < range.upperBound
        case .greater: time >= range.upperBound
        case .greaterOrEqual: time >= range.lowerBound
        }
    }
}
