import Postgres

/// Sessions for looking only: the server refuses to write in them.
package enum ReadOnlySession {
    /// - Parameter statementTimeout: how long one question may take.
    package static func make(
        _ settings: PostgresSettings, statementTimeout: Duration
    ) -> PostgresSession {
        PostgresSession(
            limited(settings, statementTimeout), setUp: { try await refuseWrites($0) })
    }

    /// One connection of that kind, for a command.
    package static func connect(
        _ settings: PostgresSettings, statementTimeout: Duration
    ) async throws(PostgresError) -> PostgresConnection {
        let connection = try await PostgresConnection.connect(limited(settings, statementTimeout))
        do { try await refuseWrites(connection) } catch {
            await connection.close()
            throw error
        }
        return connection
    }

    private static func limited(
        _ settings: PostgresSettings, _ statementTimeout: Duration
    ) -> PostgresSettings {
        var settings = settings
        settings.statementTimeout = statementTimeout
        // The server ends a statement in time; what stays silent beyond that is lost.
        settings.callDeadline = statementTimeout + .seconds(3)
        return settings
    }

    private static func refuseWrites(
        _ connection: PostgresConnection
    ) async throws(PostgresError) {
        try await connection.script("SET default_transaction_read_only = on")
    }
}
