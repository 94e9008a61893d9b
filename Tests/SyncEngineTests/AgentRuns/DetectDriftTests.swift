import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("The hourly comparison with agents", .timeLimit(.minutes(5)))
struct DetectDriftTests {
    @Test("asks for a run with every agent that lives, and says which it left out")
    func everyLiveAgent() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.run(
                """
                INSERT INTO agent_registry (vendor_id, agent_url, erp_type, status, deregistered_at)
                VALUES ('a', 'http://a', 'sage', 'online', NULL),
                       ('b', 'http://b', 'sage', 'degraded', NULL),
                       ('c', 'http://c', 'sage', 'offline', NULL),
                       ('d', 'http://d', 'sage', 'online', now());
                INSERT INTO sync_runs (kind, source, triggered_by) VALUES ('agent_items', 'b', 'manual')
                """)
            let outcome = try await fixture.connection.transaction { connection in
                try await DetectDriftJob().start(
                    ScheduledStart(name: "detect_drift"), connection)
            }
            guard case .done(let message) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(
                message
                    == "run 2 of a, b has a run already: run 1 of it is waiting, c is offline")
            #expect(
                try await fixture.texts(
                    "SELECT concat_ws(' ', source, triggered_by, state) FROM sync_runs ORDER BY id")
                    == ["b manual WAITING", "a schedule WAITING"])
        }
    }

    @Test("has its time without any configuration")
    func builtIn() throws {
        #expect(ScheduledJobKind.detectDrift.builtInTime?.text == "0 * * * *")
        #expect(!ScheduledJobKind.detectDrift.needsSource)
    }
}
