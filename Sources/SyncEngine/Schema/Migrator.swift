import Postgres
import Probes

/// Brings a schema to the version of this build: under a lock, each migration in a transaction of
/// its own, adopted tables left alone.
package struct Migrator: Sendable {
    private static let lockName = "syncconsole migrations"

    private let settings: PostgresSettings
    private let adopt: Set<String>

    package init(settings: PostgresSettings, adopt: Set<String> = []) {
        self.settings = settings
        self.adopt = adopt
    }

    /// Reads what is there; changes nothing.
    package func check() async throws(PostgresError) -> SchemaVerdict {
        let connection = try await PostgresConnection.connect(settings)
        do {
            let verdict = try await verdict(connection)
            await connection.close()
            return verdict
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Applies what is missing. A dry run tells what that would be. To a later build's schema that this
    /// build can work with nothing is done.
    ///
    /// Throws a permanent `PostgresError` for foreign tables and for a schema that is too new.
    package func migrate(dryRun: Bool) async throws(PostgresError) -> [MigrationStep] {
        let connection = try await PostgresConnection.connect(settings)
        do {
            let steps = try await run(connection, dryRun: dryRun)
            await connection.close()
            return steps
        } catch {
            await connection.close()
            throw error
        }
    }

    private func run(
        _ connection: PostgresConnection, dryRun: Bool
    ) async throws(PostgresError) -> [MigrationStep] {
        if !dryRun {
            try await makeSchema(connection)
            _ = try await connection.query(
                "SELECT pg_advisory_lock(hashtext($1))", [.text(Self.lockName)])
        }
        let verdict = try await verdict(connection)
        switch verdict {
        case .empty: break
        case .found(let reading) where reading.fit != .tooNew: break
        case .found, .foreignTables:
            throw PostgresError(.misuse, verdict.advice ?? "", verdict: .permanent)
        }
        let applied = try await applied(connection)
        var steps: [MigrationStep] = []
        for migration in Migration.all {
            let isAdopted = migration.adoptable.contains { adopt.contains($0) }
            let outcome: MigrationStep.Outcome =
                if applied[migration.version] != nil {
                    .alreadyApplied
                } else if isAdopted {
                    .adopted
                } else {
                    dryRun ? .pending : .applied
                }
            if !dryRun, applied[migration.version] == nil {
                try await apply(migration, adopted: isAdopted, connection)
            }
            steps.append(
                MigrationStep(version: migration.version, name: migration.name, outcome: outcome))
        }
        for (version, name) in applied.sorted(by: { $0.key < $1.key })
        where version > Migration.newest {
            steps.append(MigrationStep(version: version, name: name, outcome: .newer))
        }
        return steps
    }

    /// The schema itself may not be there yet; then the search path names nothing. Where it is, its owner
    /// need not be one who may make others, which PostgreSQL asks for before it looks.
    private func makeSchema(_ connection: PostgresConnection) async throws(PostgresError) {
        let found = try await connection.query(
            "SELECT FROM pg_namespace WHERE nspname = $1", [.text(settings.schema)])
        guard found.isEmpty else { return }
        try await connection.script(
            "CREATE SCHEMA IF NOT EXISTS " + PostgresIdentifier.quoted(settings.schema))
    }

    private func apply(
        _ migration: Migration, adopted: Bool, _ connection: PostgresConnection
    ) async throws(PostgresError) {
        try await connection.script("BEGIN; SET LOCAL client_min_messages = warning")
        do {
            try await connection.script(Self.ledger)
            if !adopted { try await connection.script(migration.sql) }
            try await note(migration, adopted: adopted, connection)
            try await connection.script("COMMIT")
        } catch {
            try? await connection.script("ROLLBACK")
            throw error
        }
    }

    private func note(
        _ migration: Migration, adopted: Bool, _ connection: PostgresConnection
    ) async throws(PostgresError) {
        var columns = ["version", "name", "adopted"]
        var values: [PostgresValue] = [
            .int(migration.version), .text(migration.name), .bool(adopted),
        ]
        // The column is there from the first migration on that states it.
        if let usableFrom = migration.usableFrom {
            columns.append("usable_from")
            values.append(.int(usableFrom))
        }
        let places = (1...values.count).map { "$\($0)" }.joined(separator: ", ")
        try await connection.query(
            "INSERT INTO schema_migrations (\(columns.joined(separator: ", "))) VALUES (\(places))",
            values)
    }

    private static let ledger = """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            version    integer     PRIMARY KEY,
            name       text        NOT NULL,
            adopted    boolean     NOT NULL DEFAULT false,
            applied_at timestamptz NOT NULL DEFAULT now(),
            applied_by text        NOT NULL DEFAULT session_user
        )
        """

    /// The names of what has been applied, by version.
    private func applied(
        _ connection: PostgresConnection
    ) async throws(PostgresError) -> [Int: String] {
        let exists = try await connection.query(
            "SELECT to_regclass($1) IS NOT NULL AS is_there",
            [.text(qualified("schema_migrations"))])
        guard let first = exists.first, try first.bool("is_there") else { return [:] }
        var names: [Int: String] = [:]
        for row in try await connection.query("SELECT version, name FROM schema_migrations") {
            names[Int(try row.int("version"))] = try row.string("name")
        }
        return names
    }

    private func verdict(
        _ connection: PostgresConnection
    ) async throws(PostgresError) -> SchemaVerdict {
        let applied = try await applied(connection)
        let pending = Migration.all.filter { applied[$0.version] == nil }
        var found: SchemaReading?
        if !applied.isEmpty {
            found = try await SchemaProbe(connection).take(known: Migration.newest)
        }
        if let found, found.fit == .tooNew { return .found(found) }
        let foreign = try await foreignTables(pending, connection)
        guard foreign.isEmpty else { return .foreignTables(foreign) }
        guard var found else { return .empty }
        // One that is missing in the middle is not made up for by those behind it.
        if let first = pending.first { found.version = min(found.version, first.version - 1) }
        return .found(found)
    }

    private func foreignTables(
        _ pending: [Migration], _ connection: PostgresConnection
    ) async throws(PostgresError) -> [String] {
        let names = pending.flatMap(\.tables).filter { !adopt.contains($0) }
        let rows = try await connection.query(
            """
            SELECT c.relname::text AS name
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = $1 AND c.relname::text = ANY ($2) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
            ORDER BY 1
            """,
            [.text(settings.schema), .textArray(names)])
        var foreign: [String] = []
        for row in rows { foreign.append(try row.string("name")) }
        return foreign
    }

    private func qualified(_ table: String) -> String {
        PostgresIdentifier.quoted(settings.schema) + "." + PostgresIdentifier.quoted(table)
    }
}
