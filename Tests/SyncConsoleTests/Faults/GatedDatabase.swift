import Foundation
import Postgres
import SyncEngine
import TestSupport
import Testing

/// A migrated database in which an engine can be stopped in the midst of writing, and a folder.
struct GatedDatabase {
    let url: String
    let folder: String
    let connection: PostgresConnection

    static func with(
        isolation: isolated (any Actor)? = #isolation,
        _ body: (GatedDatabase) async throws -> Void
    ) async throws {
        try await PostgresFixture.withDatabase { url in
            try await withTemporaryFolder { folder in
                let database = PostgresSettings(url: url)
                _ = try await Migrator(settings: database).migrate(dryRun: false)
                let connection = try await PostgresConnection.connect(database)
                do {
                    try await body(
                        GatedDatabase(url: url, folder: folder, connection: connection))
                } catch {
                    await connection.close()
                    throw error
                }
                await connection.close()
            }
        }
    }

    /// Whoever inserts such a row waits from now on until the gate is opened.
    func closeGate(on table: String, when condition: String = "true") async throws {
        try await connection.script(
            """
            CREATE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_advisory_xact_lock(7);
                RETURN NEW;
            END $$;
            CREATE TRIGGER gate BEFORE INSERT ON \(table) FOR EACH ROW
            WHEN (\(condition)) EXECUTE FUNCTION wait_at_gate();
            """)
        try await connection.script("BEGIN; SELECT pg_advisory_xact_lock(7)")
    }

    func openGate() async throws { try await connection.script("COMMIT") }

    func waitForGate() async throws {
        try await counts(
            1,
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory' AND "
                + "database = (SELECT oid FROM pg_database WHERE datname = current_database())")
    }

    /// An engine without a broker, in a folder of its own.
    func engine(
        _ name: String, failpoint: String? = nil, configuration: String
    ) throws -> EngineProcess {
        let own = URL(filePath: folder).appending(path: name)
        try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
        return try EngineProcess(
            databaseURL: url, brokers: ["127.0.0.1:1"], failpoint: failpoint,
            configuration: configuration, folder: own)
    }

    /// What an admin, `ana`, asks for.
    func ask<Value>(
        isolation: isolated (any Actor)? = #isolation,
        _ body: (Operations) async throws -> Value
    ) async throws -> Value {
        let operations = Operations(
            settings: PostgresSettings(url: url),
            operator: Operator(name: "ana", actingFor: nil, role: .admin, evidence: [:]),
            context: ApplyContext(
                canonicalForm: CanonicalForm(), now: { .init(microseconds: 0) }))
        let value = try await body(operations)
        await operations.close()
        return value
    }

    func text(_ query: String) async throws -> String {
        try await connection.query(query).only().string(0)
    }

    /// Waits until a query counts so many.
    func counts(_ expected: Int64, _ query: String) async throws {
        let isThere = try await eventually(within: .seconds(60)) {
            try await connection.query(query).first?.int(0) == expected
        }
        #expect(isThere, "\(query)")
    }
}
