import Postgres

extension Filter {
    /// The same selection for the database. Values are parameters; what stands in the text comes
    /// from the declarations of the fields only.
    ///
    /// - Parameters:
    ///   - now: what ages are counted from.
    ///   - firstParameter: the number of the first parameter that is free.
    /// - Throws: if a field is known only in memory.
    package func condition(
        at now: Timestamp, firstParameter: Int = 1
    ) throws(FilterError) -> SQLCondition {
        var condition = SQLCondition(firstParameter: firstParameter)
        for term in terms {
            let sql = try term.sql(at: now, &condition)
            // A comparison with null is null: neither the term nor its negation would hold.
            condition.and(term.isNegated ? "(\(sql)) IS NOT TRUE" : "(\(sql))")
        }
        return condition
    }
}

extension Filter.Term {
    fileprivate func sql(
        at now: Timestamp, _ condition: inout SQLCondition
    ) throws(FilterError) -> String {
        switch test {
        case .word(let pattern):
            let places = Row.filterFields.filter { $0.isSearched && $0.sql != nil }
            let parameter = condition.bind(.textArray([pattern.like]))
            let parts = places.compactMap { place in
                place.sql.map { FilterSQL.like(place.kind, $0, parameter) }
            }
            return parts.isEmpty ? "false" : parts.joined(separator: " OR ")
        case .field(let field, let check):
            guard let sql = field.sql else {
                throw FilterError(
                    position: position, message: "\(field.name) cannot be searched for here")
            }
            return FilterSQL.check(check, sql, field, now, &condition)
        }
    }
}

/// The pieces of conditions, for an expression `sql` of a field.
private enum FilterSQL {
    static func check<Row>(
        _ check: FilterCheck, _ sql: String, _ field: FilterField<Row>, _ now: Timestamp,
        _ condition: inout SQLCondition
    ) -> String {
        switch check {
        case .exact(let texts):
            let parameter = condition.bind(.textArray(texts))
            if let lookup = field.lookup { return lookup.replacing("$?", with: parameter) }
            return "\(sql) = ANY (\(parameter))"
        case .patterns(let patterns):
            return like(field.kind, sql, condition.bind(.textArray(patterns.map(\.like))))
        case .choice(let words):
            let stored = words.map { field.casing.stored($0) }
            return "\(sql) = ANY (\(condition.bind(.textArray(stored))))"
        case .number(let comparison, let numbers):
            return any(numbers) { number in
                "\(sql) \(comparison.sql) \(condition.bind(number.parameter))"
            }
        case .time(let comparison, let ranges):
            return any(ranges) { time(comparison, sql, $0, &condition) }
        case .age(let comparison, let duration):
            let limit = now.advanced(by: .zero - duration)
            return "\(sql) \(comparison.reversed.sql) \(condition.bind(limit.parameter))"
        case .flag(let expected):
            return expected ? "\(sql)" : "NOT (\(sql))"
        }
    }

    /// `COLLATE "C"` makes `lower` leave everything but A to Z alone, as `FilterPattern` does.
    static func like(_ kind: FilterKind, _ sql: String, _ patterns: String) -> String {
        if kind == .codes {
            return "EXISTS (SELECT FROM unnest(\(sql)) AS element "
                + "WHERE lower(element COLLATE \"C\") LIKE ANY (\(patterns)))"
        }
        return "lower((\(sql)) COLLATE \"C\") LIKE ANY (\(patterns))"
    }

    private static func time(
        _ comparison: FilterComparison, _ sql: String, _ range: Range<Timestamp>,
        _ condition: inout SQLCondition
    ) -> String {
        func start() -> String { condition.bind(range.lowerBound.parameter) }
        func end() -> String { condition.bind(range.upperBound.parameter) }
        return switch comparison {
        case .equal: "(\(sql) >= \(start()) AND \(sql) < \(end()))"
        case .less: "\(sql) < \(start())"
        case .lessOrEqual: "\(sql) < \(end())"
        case .greater: "\(sql) >= \(end())"
        case .greaterOrEqual: "\(sql) >= \(start())"
        }
    }

    private static func any<Value>(_ values: [Value], _ part: (Value) -> String) -> String {
        values.map(part).joined(separator: " OR ")
    }
}

extension FilterComparison {
    fileprivate var sql: String { self == .equal ? "=" : rawValue }
}

extension FilterLiteral.Number {
    fileprivate var parameter: PostgresValue {
        switch self {
        case .integer(let number): .int(number)
        case .decimal(let number): .double(number)
        }
    }
}

extension Timestamp {
    /// As a `timestamptz`.
    var parameter: PostgresValue { .timestamp(microseconds) }
}
