import Postgres

/// Looks at which migrations the database has.
package struct SchemaProbe: Sendable {
    let connection: PostgresConnection

    package init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Of the newest migration; 0 where there is none. Throws `PostgresError`.
    package func version() async throws -> Int {
        try await connection.query(ProbeSQL.schemaVersion).only().int(0, as: Int.self)
    }
}
