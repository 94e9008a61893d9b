import Postgres
import TestSupport
import Testing

@testable import SyncEngine

/// Holds runs at a place of the test's choice, by a lock that their statements must wait for.
struct RunGate {
    private let holder: PostgresConnection
    /// Over `pg_locks`.
    private let waiting: String

    /// Holds the chunk that records `code`, with all that it has written, until the gate is opened.
    static func with(
        recording code: String, _ fixture: RunFixture,
        isolation: isolated (any Actor)? = #isolation, _ body: (RunGate) async throws -> Void
    ) async throws {
        try await fixture.events.run(
            """
            CREATE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_advisory_xact_lock(7);
                RETURN NEW;
            END $$;
            CREATE TRIGGER gate BEFORE INSERT ON sync_drift FOR EACH ROW
            WHEN (NEW.service_code = '\(code)') EXECUTE FUNCTION wait_at_gate();
            """)
        try await with(
            "BEGIN; SELECT pg_advisory_xact_lock(7)", waiting: "locktype = 'advisory'", fixture,
            body)
    }

    /// Holds whoever touches a table.
    static func with(
        table: String, _ fixture: RunFixture,
        isolation: isolated (any Actor)? = #isolation, _ body: (RunGate) async throws -> Void
    ) async throws {
        try await with(
            "BEGIN; LOCK TABLE \(table) IN ACCESS EXCLUSIVE MODE",
            waiting: "relation = '\(table)'::regclass", fixture, body)
    }

    private static func with(
        _ lock: String, waiting: String, _ fixture: RunFixture,
        isolation: isolated (any Actor)? = #isolation, _ body: (RunGate) async throws -> Void
    ) async throws {
        let holder = try await PostgresConnection.connect(fixture.events.database)
        do {
            try await holder.script(lock)
            try await body(RunGate(holder: holder, waiting: waiting))
        } catch {
            await holder.close()
            throw error
        }
        await holder.close()
    }

    /// Waits until somebody stands before the gate.
    func isReached() async throws {
        let count =
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND \(waiting) AND database = "
            + "(SELECT oid FROM pg_database WHERE datname = current_database())"
        let isReached = try await eventually(within: .seconds(30)) {
            try await holder.query(count).only().int(0) > 0
        }
        #expect(isReached, "nobody has come to the gate")
    }

    func open() async throws { try await holder.script("COMMIT") }
}
