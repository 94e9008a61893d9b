import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("The API of comparisons with agents", .timeLimit(.minutes(5)))
struct ReconciliationAPITests {
    @Test("a run is asked for once, by who has the key, for a vendor with an agent")
    func trigger() async throws {
        try await APIFixture.with { fixture in
            let path = "/api/admin/reconciliation/trigger"
            let body: JSONValue = ["vendorId": "vendor-a", "dryRun": true, "reason": "a look"]
            #expect(try await fixture.ask("POST", path, body: body).status == 401)
            #expect(
                try await fixture.ask("POST", path, key: APIFixture.key, body: body).status == 409)
            _ = try await fixture.register()
            let asked = try await fixture.ask("POST", path, key: APIFixture.key, body: body)
            #expect(asked.status == 202)
            #expect(asked.json["runId"] == .integer(1))
            #expect(asked.json["dryRun"] == .bool(true))
            let again = try await fixture.ask("POST", path, key: APIFixture.key, body: body)
            #expect(again.status == 409)
            #expect(again.code == "refused")
            let runs = try await fixture.query(
                "SELECT concat_ws(' ', kind, source, state, triggered_by, operator, dry_run, reason) "
                    + "FROM sync_runs")
            #expect(
                try runs.map { try $0.string(0) }
                    == ["agent_items vendor-a WAITING api api t a look"])
            let audited = try await fixture.query(
                "SELECT count(*) FROM audit_log WHERE action = 'run.start'")
            #expect(try audited.only().int(0) == 3)
        }
    }

    @Test("events are listed, the newest first, by vendor and type, a page at a time")
    func events() async throws {
        try await APIFixture.with { fixture in
            try await fixture.query(
                """
                INSERT INTO reconciliation_events (vendor_id, event_type, summary, run_id, duration_ms)
                SELECT CASE WHEN n % 2 = 0 THEN 'vendor-a' ELSE 'vendor-b' END,
                       CASE WHEN n % 3 = 0 THEN 'drift_detected' ELSE 'full_checksum' END,
                       jsonb_build_object('requests', n), n, n * 10
                FROM generate_series(1, 12) n
                """)
            func ids(_ query: String) async throws -> [JSONValue] {
                let answer = try await fixture.ask(
                    "GET", "/api/admin/reconciliation/events\(query)", key: APIFixture.key)
                #expect(answer.status == 200)
                guard case .array(let events) = answer.json["events"] else { return [] }
                return events.compactMap { $0["runId"] }
            }
            #expect(try await ids("?limit=3") == [12, 11, 10])
            #expect(try await ids("?limit=3&page=4") == [3, 2, 1])
            #expect(try await ids("?vendorId=vendor-a&type=drift_detected") == [12, 6])
            #expect(try await ids("?vendorId=nobody").isEmpty)
            let wrong = try await fixture.ask(
                "GET", "/api/admin/reconciliation/events?type=drift", key: APIFixture.key)
            #expect(wrong.status == 400)
            #expect(
                try await fixture.ask("GET", "/api/admin/reconciliation/events").status == 401)
        }
    }
}
