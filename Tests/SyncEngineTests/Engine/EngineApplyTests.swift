import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Applying events, over a real database and the real protocol")
struct EngineApplyTests {
    @Test("each statement of the engine can be prepared on the migrated schema")
    func statementsPrepare() async throws {
        try await PostgresFixture.withDatabase { url in
            let settings = PostgresSettings(url: url)
            _ = try await Migrator(settings: settings).migrate(dryRun: false)
            let connection = try await PostgresConnection.connect(settings)
            for (name, sql) in EngineSQL.all {
                do {
                    try await connection.script("PREPARE \(name) AS \(sql)")
                } catch {
                    Issue.record("\(name): \(error)")
                }
            }
            await connection.close()
        }
    }

    @Test("a creation, an update, a duplicate, a fault and a breaking change end where they must")
    func pathOfEvents() async throws {
        try await EngineFixture.with { (fixture: EngineFixture) async throws in
            try await fixture.produce([
                Events.created("e1", "PYX_1"),
                Events.event(
                    "e2", "updated", "PYX_1", at: "2025-01-17T11:00:00Z",
                    #""estimatedDuration":200"#),
                Events.created("e1", "PYX_1"),
                Events.event(
                    "e3", "updated", "PYX_1", at: "2025-01-17T12:00:00Z",
                    #""scopeIncluded":["a"]"#),
                ("PYX_2", "{not json"),
                Events.event("e4", "updated", "PYX_3", #""name":{"es":"x"}"#),
                Events.event("e5", "renamed", "PYX_1", at: "2025-01-17T13:00:00Z"),
            ])
            try await fixture.withEngine { () async throws in
                #expect(try await fixture.drained(7))
                #expect(
                    try await fixture.texts(
                        """
                        SELECT event_id || ' ' || processing_status || ' ' || outcome
                        FROM service_catalog_event_log
                        WHERE event_id LIKE 'e%' ORDER BY event_id
                        """) == [
                            "e1 PROCESSED created", "e2 PROCESSED updated",
                            "e3 HELD breaking_change", "e4 DEAD_LETTERED invalid",
                            "e5 SKIPPED unknown_event_type",
                        ])
                #expect(
                    try await fixture.texts(
                        "SELECT reason FROM dead_letter_queue ORDER BY reason")
                        == ["invalid", "malformed"])
                #expect(
                    try await fixture.texts(
                        """
                        SELECT fsm_service_code || ' ' || estimated_duration_minutes || ' '
                               || scope_included::text || ' ' || row_version
                        FROM service_catalog
                        """) == [#"ES_HVAC_00001 200 ["a", "b"] 2"#])
                #expect(
                    try await fixture.count(
                        "SELECT sum(duplicate_total)::bigint FROM consumer_offsets") == 1)
                #expect(
                    try await fixture.reaches(
                        2, "SELECT coalesce(sum(published), 0)::bigint FROM outbox_totals"))
            }
        }
    }

    @Test("a person approves what was held, and the second one is told who was first")
    func approving() async throws {
        try await EngineFixture.with { (fixture: EngineFixture) async throws in
            try await fixture.produce([
                Events.created("e1", "PYX_1"),
                Events.event(
                    "e2", "updated", "PYX_1", at: "2025-01-17T12:00:00Z",
                    #""scopeIncluded":["a"]"#),
            ])
            try await fixture.withEngine { () async throws in #expect(try await fixture.drained(2))
            }
            let ana = Operations(
                settings: fixture.database,
                operator: Operator(name: "ana", actingFor: nil, role: .operator, evidence: [:]),
                context: fixture.context)
            let id = Int64(
                try await fixture.count("SELECT id FROM review_items WHERE state = 'OPEN'"))
            let first = try await ana.approve([ReviewTarget(id: id)], reason: "agreed")
            #expect(first.lines.map(\.result) == [.done])
            let second = try await ana.reject([ReviewTarget(id: id)], reason: "no")
            #expect(second.lines.map(\.message) == ["ana has approved it already"])
            #expect(second.lines.map(\.result) == [.refused])
            #expect(
                try await fixture.texts(
                    """
                    SELECT s.scope_included::text || ' ' || l.processing_status
                    FROM service_catalog s, service_catalog_event_log l WHERE l.event_id = 'e2'
                    """) == [#"["a"] PROCESSED"#])
            #expect(
                try await fixture.texts("SELECT action || ' ' || result FROM audit_log ORDER BY id")
                    == ["review.approve done", "review.reject refused"])
            await ana.close()
        }
    }

    @Test("a write that the database refuses is retried, with the service's later events behind it")
    func retrying() async throws {
        try await EngineFixture.with { (fixture: EngineFixture) async throws in
            try await fixture.withConnection { connection in
                try await connection.script(
                    """
                    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN
                        RAISE EXCEPTION 'refused for a test' USING ERRCODE = '23514';
                    END $$;
                    CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON service_catalog
                    FOR EACH ROW WHEN (NEW.external_service_code = 'PYX_BAD')
                    EXECUTE FUNCTION refuse();
                    """)
            }
            try await fixture.withEngine { () async throws in
                try await fixture.produce([
                    Events.created("e1", "PYX_BAD"),
                    Events.created("e2", "PYX_GOOD"),
                    Events.event(
                        "e3", "updated", "PYX_BAD", at: "2025-01-17T12:00:00Z",
                        #""estimatedDuration":5"#),
                ])
                #expect(try await fixture.reaches(2, "SELECT count(*) FROM pending_events"))
                #expect(try await fixture.count("SELECT count(*) FROM service_catalog") == 1)
                #expect(try await fixture.drained(3))
                #expect(
                    try await fixture.texts(
                        "SELECT event_id || ' ' || reason || ' ' || attempts "
                            + "FROM dead_letter_queue ORDER BY event_id")
                        == ["e1 retries_exhausted 4", "e3 invalid 1"])
            }
        }
    }
}
