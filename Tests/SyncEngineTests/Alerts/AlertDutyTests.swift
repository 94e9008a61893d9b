import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Alerts of the leader", .timeLimit(.minutes(5)))
struct AlertDutyTests {
    private static let engine = """
        INSERT INTO engines (host, process_id, role, version, configuration_hash, partitions,
                             heartbeat_at)
        VALUES ('h', 7, 'engine', '1', 'c', '["service-catalog/0"]', now())
        """

    @Test("name their subject, come and go, and leave a history")
    func comesAndGoes() async throws {
        try await AlertFixture.with { (fixture: AlertFixture) async throws in
            let settings = try fixture.settings(
                """
                alerts:
                  - { name: lag, condition: consumer_lag > 1000, severity: CRITICAL,
                      notification: "slack, pagerduty", for: 1m, summary: Slow. }
                """)
            try await fixture.run(Self.engine)
            try await fixture.partition(0, next: 10, end: 900)
            try await fixture.partition(1, next: 0, end: 200)
            try await fixture.evaluate(settings)
            #expect(try await fixture.alerts() == ["lag service-catalog pending"])
            #expect(try await fixture.deliveries() == [])
            fixture.clock.pass(60)
            try await fixture.evaluate(settings)
            #expect(try await fixture.alerts() == ["lag service-catalog firing"])
            #expect(try await fixture.deliveries() == ["slack fired waiting"])
            let detail = try #require(
                try await AlertProbe(fixture.connection).list().rows.first)
            #expect(detail.value == 1_090 && detail.unit == "messages" && detail.summary == "Slow.")
            try await fixture.run("UPDATE consumer_offsets SET next_offset = end_offset")
            fixture.clock.pass(5)
            try await fixture.evaluate(settings)
            #expect(try await fixture.alerts() == ["lag service-catalog resolved"])
            #expect(
                try await fixture.deliveries() == ["slack fired waiting", "slack resolved waiting"])
            #expect(
                try await fixture.texts(
                    "SELECT concat_ws(': ', change, message) FROM alert_history ORDER BY id") == [
                        "pending: 1090 messages",
                        "fired: 1090 messages; not configured: pagerduty", "resolved",
                    ])
        }
    }

    @Test("that come back at once are the same, and what was to be told of their end is withdrawn")
    func reopens() async throws {
        try await AlertFixture.with { (fixture: AlertFixture) async throws in
            let settings = try fixture.settings(
                """
                alerts:
                  - { name: open, condition: dead_letters_open > 0, severity: WARNING,
                      notification: slack }
                """)
            try await fixture.bury(1)
            try await fixture.evaluate(settings)
            try await fixture.run("UPDATE dead_letter_queue SET state = 'RESOLVED'")
            try await fixture.evaluate(settings)
            fixture.clock.pass(299)
            try await fixture.bury(1)
            try await fixture.evaluate(settings)
            #expect(try await fixture.alerts() == ["open firing"])
            #expect(
                try await fixture.deliveries() == [
                    "slack fired waiting", "slack resolved withdrawn",
                ])
            try await fixture.run("UPDATE dead_letter_queue SET state = 'RESOLVED'")
            try await fixture.evaluate(settings)
            fixture.clock.pass(300)
            try await fixture.bury(1)
            try await fixture.evaluate(settings)
            #expect(try await fixture.alerts() == ["open resolved", "open firing"])
        }
    }

    @Test("are not written by a leader whose term has ended")
    func fenced() async throws {
        try await AlertFixture.with { (fixture: AlertFixture) async throws in
            let settings = try fixture.settings()
            try await fixture.lose(partition: 3)
            let newer = try await AlertFixture.lead(2, fixture.connection)
            await #expect(throws: LeadershipLost.self) { try await fixture.evaluate(settings) }
            #expect(try await fixture.alerts() == [])
            #expect(try await fixture.texts("SELECT at::text FROM signal_samples") == [])
            try await fixture.evaluate(settings, as: newer)
            #expect(try await fixture.alerts() == ["events_lost t/3 firing"])
        }
    }

    @Test("of many leaders in turn are still one")
    func oneOpen() async throws {
        try await AlertFixture.with { (fixture: AlertFixture) async throws in
            let settings = try fixture.settings()
            try await fixture.run(
                "INSERT INTO sync_runs (kind, source, state, triggered_by, completed_at, source_system) "
                    + "VALUES ('catalog_file', 'ES', 'FAILED', 'manual', now(), 'PYXIS')")
            for engine in 1...5 {
                let term = try await AlertFixture.lead(Int64(engine), fixture.connection)
                try await fixture.evaluate(settings, as: term)
            }
            #expect(try await fixture.alerts() == ["reconciliation_failed ES firing"])
            #expect(try await fixture.deliveries() == ["slack fired waiting"])
        }
    }

    @Test("over a share of events need enough of them, within the window")
    func percentage() async throws {
        try await AlertFixture.with { (fixture: AlertFixture) async throws in
            let settings = try fixture.settings(
                """
                alerts:
                  - { name: rate, condition: failed_events_percent > 5, severity: WARNING,
                      notification: slack }
                """)
            try await fixture.partition(0, next: 1, end: 1)
            try await fixture.evaluate(settings)
            func come(_ events: Int, letters: Int) async throws {
                try await fixture.run(
                    "UPDATE consumer_offsets SET received_total = received_total + \(events)")
                try await fixture.bury(letters)
                try await fixture.evaluate(settings)
            }
            try await come(10, letters: 10)
            #expect(try await fixture.alerts() == [])
            try await come(190, letters: 0)
            #expect(try await fixture.alerts() == [])
            try await come(200, letters: 15)
            #expect(try await fixture.alerts() == ["rate firing"])
            #expect(
                try await fixture.texts("SELECT details FROM alerts") == ["25 of 400 events"])
            // What came before the window counts no more.
            try await fixture.run("UPDATE signal_samples SET at = at - interval '6 minutes'")
            try await come(100, letters: 0)
            #expect(try await fixture.alerts() == ["rate resolved"])
        }
    }
}
