import Postgres

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

    /// Applies what is missing. A dry run tells what that would be.
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
        // The schema itself may not be there yet; then the search path names nothing.
        if !dryRun {
            try await connection.script(
                "CREATE SCHEMA IF NOT EXISTS " + PostgresIdentifier.quoted(settings.schema))
            _ = try await connection.query(
                "SELECT pg_advisory_lock(hashtext($1))", [.text(Self.lockName)])
        }
        switch try await verdict(connection) {
        case .foreignTables(let names):
            throw PostgresError(
                .misuse, SchemaVerdict.foreignTables(names).advice ?? "", verdict: .permanent)
        case .tooNew(let has, let knows):
            throw PostgresError(
                .misuse, SchemaVerdict.tooNew(has: has, knows: knows).advice ?? "",
                verdict: .permanent)
        case .current, .empty, .tooOld: break
        }
        let applied = try await appliedVersions(connection)
        var steps: [MigrationStep] = []
        for migration in Migration.all {
            let isAdopted = migration.adoptable.contains { adopt.contains($0) }
            let outcome: MigrationStep.Outcome =
                if applied.contains(migration.version) {
                    .alreadyApplied
                } else if isAdopted {
                    .adopted
                } else {
                    dryRun ? .pending : .applied
                }
            if !dryRun, !applied.contains(migration.version) {
                try await apply(migration, adopted: isAdopted, connection)
            }
            steps.append(
                MigrationStep(version: migration.version, name: migration.name, outcome: outcome))
        }
        return steps
    }

    private func apply(
        _ migration: Migration, adopted: Bool, _ connection: PostgresConnection
    ) async throws(PostgresError) {
        try await connection.script("BEGIN; SET LOCAL client_min_messages = warning")
        do {
            try await connection.script(Self.ledger)
            if !adopted { try await connection.script(migration.sql) }
            _ = try await connection.query(
                "INSERT INTO schema_migrations (version, name, adopted) VALUES ($1, $2, $3)",
                [.int(migration.version), .text(migration.name), .bool(adopted)])
            try await connection.script("COMMIT")
        } catch {
            try? await connection.script("ROLLBACK")
            throw error
        }
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

    private func appliedVersions(
        _ connection: PostgresConnection
    ) async throws(PostgresError) -> Set<Int> {
        let exists = try await connection.query(
            "SELECT to_regclass($1) IS NOT NULL AS is_there",
            [.text(qualified("schema_migrations"))])
        guard let first = exists.first, try first.bool("is_there") else { return [] }
        let rows = try await connection.query("SELECT version FROM schema_migrations")
        var versions: Set<Int> = []
        for row in rows { versions.insert(Int(try row.int("version"))) }
        return versions
    }

    private func verdict(
        _ connection: PostgresConnection
    ) async throws(PostgresError) -> SchemaVerdict {
        let applied = try await appliedVersions(connection)
        let newest = Migration.all.map(\.version).max() ?? 0
        let pending = Migration.all.filter { !applied.contains($0.version) }
        let foreign = try await foreignTables(pending, connection)
        if let highest = applied.max(), highest > newest {
            return .tooNew(has: highest, knows: newest)
        }
        if !foreign.isEmpty { return .foreignTables(foreign) }
        if pending.isEmpty { return .current }
        guard let highest = applied.max() else { return .empty }
        return .tooOld(has: highest, needs: newest)
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
