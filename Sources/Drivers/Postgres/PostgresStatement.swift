/// One statement with its values.
package struct PostgresStatement: Sendable {
    package var sql: String
    package var parameters: [PostgresValue]
    /// Whether the server keeps the parsed statement for the next time. Say no for texts that
    /// will not come again.
    package var isPrepared: Bool

    package init(_ sql: String, _ parameters: [PostgresValue] = [], isPrepared: Bool = true) {
        self.sql = sql
        self.parameters = parameters
        self.isPrepared = isPrepared
    }

    package init(sql: String, parameters: [PostgresValue] = []) {
        self.init(sql, parameters)
    }
}
