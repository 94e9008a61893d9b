import Postgres

/// Looks at which migrations the database has.
package struct SchemaProbe: Sendable {
    let connection: PostgresConnection

    package init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Throws `PostgresError`; with the SQLSTATE 42P01 where there is no schema of ours.
    ///
    /// - Parameter known: the newest migration that this build knows.
    package func take(known: Int) async throws(PostgresError) -> SchemaReading {
        let row = try await connection.query(ProbeSQL.schemaVersion).only()
        return SchemaReading(
            version: try row.int(0, as: Int.self), usableFrom: try row.int(1, as: Int.self),
            known: known)
    }
}
