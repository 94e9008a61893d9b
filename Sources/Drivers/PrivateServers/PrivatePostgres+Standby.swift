import Postgres

extension PrivatePostgres {
    /// Starts a copy of this server that follows it, read-only until `promote`.
    ///
    /// It follows without being waited for: what this server has committed last may be lost to it.
    package nonisolated func standby() async throws -> PrivatePostgres {
        try await PrivatePostgres.start(.copy(socketFolder: folder + "/s"), .process, [:])
    }

    /// Makes a standby the server that is written to.
    ///
    /// - Throws: `PostgresError` if it is none, or does not obey within a minute.
    package func promote() async throws {
        let connection = try await PostgresConnection.connect(PostgresSettings(url: connectionURL))
        do {
            try await connection.query("SELECT pg_promote(true, 60)")
            await connection.close()
        } catch {
            await connection.close()
            throw error
        }
    }

    /// A URL to a database of whichever of several servers is written to at the moment.
    package static func connectionURL(ofOneOf servers: [PrivatePostgres], database: String)
        -> String
    {
        let folders = servers.map { percentEncoded($0.folder + "/s") }.joined(separator: ",")
        let ports = servers.map { _ in "5432" }.joined(separator: ",")
        return "postgresql:///\(percentEncoded(database))?host=\(folders)&port=\(ports)"
            + "&user=postgres&sslmode=disable&gssencmode=disable&channel_binding=disable"
            + "&target_session_attrs=read-write"
    }
}
