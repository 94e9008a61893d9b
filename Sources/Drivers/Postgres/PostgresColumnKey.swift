/// How a column is named: by a `String` or by its position, an `Int` from 0.
package protocol PostgresColumnKey {
    /// Where the column stands among these names, nil if nowhere.
    func position(in names: PostgresColumnNames) -> Int?
}

/// The names of a result's columns, in order.
package struct PostgresColumnNames {
    let result: ResultHandle
}

extension String: PostgresColumnKey {
    package func position(in names: PostgresColumnNames) -> Int? {
        names.result.columns.firstIndex { $0.name == self }
    }
}

extension Int: PostgresColumnKey {
    package func position(in names: PostgresColumnNames) -> Int? {
        names.result.columns.indices.contains(self) ? self : nil
    }
}
