import Foundation
import Postgres
import SyncEngine
import TestSupport
import Testing

@Suite("A leader that is frozen or killed in the midst of starting what is due")
struct LeaderFaultTests {
    @Test("writes nothing once another leads, which starts it once", .timeLimit(.minutes(5)))
    func frozen() async throws {
        try await LeaderSide.with { side in
            let first = try side.engine("first")
            try await side.counts(1, "SELECT count(*) FROM schedule_entries")
            // Its insertion of the run waits at a gate; the engine is frozen there.
            try await side.connection.script(
                """
                CREATE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM pg_advisory_xact_lock(7);
                    RETURN NEW;
                END $$;
                CREATE TRIGGER gate BEFORE INSERT ON sync_runs FOR EACH ROW
                EXECUTE FUNCTION wait_at_gate();
                """)
            try await side.connection.script("BEGIN; SELECT pg_advisory_xact_lock(7)")
            try await side.request()
            try await side.waitForGate()
            first.send(SIGSTOP)
            try await side.connection.script("COMMIT")
            // As if it had been frozen for longer than its lease lasts.
            try await side.connection.script("UPDATE leases SET expires_at = now()")
            let second = try side.engine("second")
            try await side.counts(2, "SELECT fencing FROM leases WHERE name = 'leader'")

            first.send(SIGCONT)
            try await side.counts(1, "SELECT count(*) FROM sync_runs")
            try await side.counts(
                1, "SELECT count(*) FROM schedule_entries WHERE last_result = 'STARTED'")
            // Both have been through a round since: the first one knows that it leads no more.
            try await side.counts(
                1,
                "SELECT count(*) FROM engines e JOIN leases l ON l.engine_id = e.id "
                    + "WHERE e.is_leader AND e.process_id = \(second.pid)")
            #expect(
                try await side.text(
                    "SELECT count(*) || ' ' || string_agg(result, ' ') FROM audit_log "
                        + "WHERE action = 'run.start'") == "1 done")
            #expect(
                try await side.text("SELECT string_agg(operator, ' ') FROM sync_runs") == "ana")
            for engine in [first, second] {
                engine.send(SIGTERM)
                #expect(await engine.ends())
            }
            #expect(
                try await side.text("SELECT count(*) || '' FROM engines WHERE is_leader") == "0")
        }
    }

    @Test("is replaced, and what it was starting is started once", .timeLimit(.minutes(5)))
    func killed() async throws {
        try await LeaderSide.with { side in
            let first = try side.engine("first", failpoint: "schedule_started:2")
            // The first pass plans, and starts nothing.
            try await side.counts(1, "SELECT count(*) FROM schedule_entries")
            try await side.request()
            #expect(await first.ends())
            #expect(first.endedBy == SIGKILL)
            try await side.counts(0, "SELECT count(*) FROM sync_runs")
            let second = try side.engine("second")
            try await side.counts(1, "SELECT count(*) FROM sync_runs")
            try await side.counts(
                1, "SELECT count(*) FROM schedule_entries WHERE last_result = 'STARTED'")
            #expect(try await side.text("SELECT count(*) || '' FROM sync_runs") == "1")
            second.send(SIGTERM)
            #expect(await second.ends())
        }
    }
}

/// What the tests do to engines and the database.
private struct LeaderSide {
    let url: String
    let folder: String
    let connection: PostgresConnection

    static func with(_ body: (LeaderSide) async throws -> Void) async throws {
        try await PostgresFixture.withDatabase { url in
            try await withTemporaryFolder { folder in
                let database = PostgresSettings(url: url)
                _ = try await Migrator(settings: database).migrate(dryRun: false)
                let connection = try await PostgresConnection.connect(database)
                do {
                    try await body(LeaderSide(url: url, folder: folder, connection: connection))
                } catch {
                    await connection.close()
                    throw error
                }
                await connection.close()
            }
        }
    }

    func engine(_ name: String, failpoint: String? = nil) throws -> EngineProcess {
        let own = URL(filePath: folder).appending(path: name)
        try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
        // There is no broker: the schedule does not need one. No file ever comes: runs wait.
        return try EngineProcess(
            databaseURL: url, brokers: ["127.0.0.1:1"], failpoint: failpoint,
            configuration: """
                reconciliation:
                  sources: [ { country: ES, location: "file://\(folder)", wait: 2h } ]
                """, folder: own)
    }

    /// A person wants the run of ES now.
    func request() async throws {
        let operations = Operations(
            settings: PostgresSettings(url: url),
            operator: Operator(name: "ana", actingFor: nil, role: .admin, evidence: [:]),
            context: ApplyContext(
                canonicalForm: CanonicalForm(), now: { .init(microseconds: 0) }))
        let report = try await operations.runScheduled(["reconcile-ES"], reason: "test")
        await operations.close()
        #expect(report.done == 1, "\(report.lines)")
    }

    func text(_ query: String) async throws -> String {
        try await connection.query(query).only().string(0)
    }

    func counts(_ expected: Int64, _ query: String) async throws {
        let isThere = try await eventually(within: .seconds(60)) {
            try await connection.query(query).first?.int(0) == expected
        }
        #expect(isThere, "\(query)")
    }

    func waitForGate() async throws {
        try await counts(
            1,
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory' AND "
                + "database = (SELECT oid FROM pg_database WHERE datname = current_database())")
    }
}
