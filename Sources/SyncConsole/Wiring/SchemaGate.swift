import Postgres
import SyncEngine

/// What stands between an engine and the database: its schema must be one that this build knows.
enum SchemaGate {
    /// Waits for the database, then looks at the schema. An empty one is migrated; any other that
    /// is not current is refused.
    ///
    /// - Parameters:
    ///   - migratesEmpty: false for `watch`, which never migrates.
    ///   - isStopping: asked between attempts.
    /// - Returns: false if it was stopped before the database answered.
    /// - Throws: `CommandError` with what to type.
    static func pass(
        _ configuration: Configuration, migratesEmpty: Bool, log: EngineLog,
        isStopping: @Sendable () -> Bool
    ) async throws -> Bool {
        let settings = try configuration.postgresSettings
        let migrator = Migrator(settings: settings, adopt: Set(configuration.database.adopt))
        while !isStopping(), !Task.isCancelled {
            do {
                switch try await migrator.check() {
                case .current: return true
                case .empty where migratesEmpty:
                    log.write(.notice, "schema", "the schema is empty: migrating")
                    _ = try await migrator.migrate(dryRun: false)
                    return true
                case let verdict:
                    throw CommandError(.failed, verdict.advice ?? "the schema is not current")
                }
            } catch let error as PostgresError {
                guard error.verdict == .infrastructure else {
                    throw DatabaseAccess.commandError(error, at: settings)
                }
                log.write(.warning, "schema", "waiting for the database: \(error.message)")
                try? await Task.sleep(for: .seconds(1))
            }
        }
        return false
    }
}
