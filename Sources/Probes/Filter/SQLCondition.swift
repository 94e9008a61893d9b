import Postgres

/// A condition for a `WHERE`, its values as numbered parameters.
package struct SQLCondition: Sendable, Equatable {
    /// `true` if everything is selected.
    package private(set) var sql: String
    package private(set) var parameters: [PostgresValue] = []
    private let firstParameter: Int

    /// - Parameter firstParameter: the number of the first parameter; those before it belong to the
    ///   statement that the condition goes into.
    init(firstParameter: Int) {
        self.firstParameter = firstParameter
        sql = "true"
    }

    /// Makes a value a parameter: `$7`.
    mutating func bind(_ value: PostgresValue) -> String {
        if let index = parameters.firstIndex(of: value) { return "$\(firstParameter + index)" }
        parameters.append(value)
        return "$\(firstParameter + parameters.count - 1)"
    }

    mutating func and(_ condition: String) {
        sql = sql == "true" ? condition : "\(sql) AND \(condition)"
    }
}
