import Postgres
import SyncEngine
import Synchronization

/// What stands between this process and the tables: a schema that this build knows.
final class SchemaGate: Sendable {
    private struct State {
        var isStopping = false
        var passing: Task<Bool, any Error>?
    }

    private let configuration: Configuration
    private let migratesEmpty: Bool
    private let log: EngineLog
    private let state = Mutex(State())

    /// - Parameter migratesEmpty: false for `watch`, which never migrates.
    init(_ configuration: Configuration, migratesEmpty: Bool, log: EngineLog) {
        self.configuration = configuration
        self.migratesEmpty = migratesEmpty
        self.log = log
    }

    /// Waits for the database, then looks at the schema. An empty one is migrated; any other that
    /// this build cannot work with is refused.
    ///
    /// - Returns: false if it was stopped before that.
    /// - Throws: `CommandError` with what to type.
    func pass() async throws -> Bool {
        let settings = try configuration.postgresSettings
        let passing: Task<Bool, any Error>? = state.withLock { state in
            guard !state.isStopping else { return nil }
            let task = Task { try await self.look(settings) }
            state.passing = task
            return task
        }
        return try await passing?.value ?? false
    }

    /// Ends `pass`, whatever it waits for.
    func stop() {
        let passing = state.withLock { state in
            state.isStopping = true
            return state.passing
        }
        passing?.cancel()
    }

    private func look(_ settings: PostgresSettings) async throws -> Bool {
        let migrator = Migrator(settings: settings, adopt: Set(configuration.database.adopt))
        while !Task.isCancelled {
            do {
                switch try await migrator.check() {
                case .found(let reading) where reading.isUsable:
                    if reading.fit == .newer { log.write(.notice, "schema", reading.words) }
                    return true
                case .empty where migratesEmpty:
                    log.write(.notice, "schema", "the schema is empty: migrating")
                    _ = try await migrator.migrate(dryRun: false)
                    return true
                case let verdict:
                    throw CommandError(.failed, verdict.advice ?? "the schema does not fit")
                }
            } catch let error as PostgresError {
                guard error.verdict == .infrastructure else {
                    throw DatabaseAccess.commandError(error, at: settings)
                }
                if Task.isCancelled { break }
                log.write(.warning, "schema", "waiting for the database: \(error.message)")
                try? await Task.sleep(for: .seconds(1))
            }
        }
        return false
    }
}
