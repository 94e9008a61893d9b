import Postgres
import Probes

/// Opens the database for one command, and turns what goes wrong into how the command ends.
enum DatabaseAccess {
    /// A question that takes longer is given up: a command is not worth a slow production database.
    private static let statementTimeout: Duration = .seconds(20)

    /// Looks with a connection in which the server refuses to write.
    static func look<Value: Sendable>(
        _ configuration: Configuration,
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        let settings = try configuration.postgresSettings
        return try await translate(settings) {
            let connection = try await ReadOnlySession.connect(
                settings, statementTimeout: statementTimeout)
            do {
                let value = try await body(connection)
                await connection.close()
                return value
            } catch {
                await connection.close()
                throw error
            }
        }
    }

    /// Runs something that talks to the database; its errors become a `CommandError`.
    static func translate<Value>(
        _ settings: PostgresSettings, _ body: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await body()
        } catch let error as PostgresError {
            throw commandError(error, at: settings)
        } catch let error as FilterError {
            throw CommandError(.usage, "\(error)")
        }
    }

    static func commandError(
        _ error: PostgresError, at settings: PostgresSettings
    ) -> CommandError {
        switch (error.kind, error.sqlstate) {
        case (_, "57014"):
            CommandError(.failed, "the database took too long to answer: narrow it with --where")
        case (_, "42P01"), (_, "42703"), (_, "3F000"), (_, "42883"):
            CommandError(
                .failed,
                "the schema \(settings.schema) of \(settings.redacted) lacks our tables or"
                    + " columns: run 'syncconsole migrate'")
        case (.connection, _), (.deadline, _):
            unreachable(error.message, settings)
        case (.server, let state?) where ["08", "53", "57", "28", "3D"].contains(state.prefix(2)):
            unreachable(error.message, settings)
        case (.misuse, _): CommandError(.failed, error.message)
        default: CommandError(.failed, "the database refused: \(error.message)")
        }
    }

    private static func unreachable(_ message: String, _ settings: PostgresSettings) -> CommandError
    {
        CommandError(
            .unreachable,
            "PostgreSQL at \(settings.redacted) cannot be reached: \(message);"
                + " 'syncconsole doctor' looks step by step")
    }
}
