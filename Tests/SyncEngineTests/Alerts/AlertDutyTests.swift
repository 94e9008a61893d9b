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

    private static func partition(_ part: Int, next: Int, end: Int, more: String = "") -> String {
        """
        INSERT INTO consumer_offsets (cluster_id, group_id, topic, kafka_partition, next_offset,
            end_offset, watermarks_at, received_total, engine_id)
        VALUES ('c', 'g', 'service-catalog', \(part), \(next), \(end), now(), 1000, 1);
        """ + more
    }

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
            try await fixture.run(Self.partition(0, next: 10, end: 900))
            try await fixture.run(Self.partition(1, next: 0, end: 200))
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
            let letter = """
                INSERT INTO dead_letter_queue (origin, stage, reason, fingerprint, error_message)
                VALUES ('kafka', 'decode', 'malformed', 'f', 'e')
                """
            try await fixture.run(letter)
            try await fixture.evaluate(settings)
            try await fixture.run("UPDATE dead_letter_queue SET state = 'RESOLVED'")
            try await fixture.evaluate(settings)
            fixture.clock.pass(299)
            try await fixture.run(letter)
            try await fixture.evaluate(settings)
            #expect(try await fixture.alerts() == ["open firing"])
            #expect(
                try await fixture.deliveries() == [
                    "slack fired waiting", "slack resolved withdrawn",
                ])
            try await fixture.run("UPDATE dead_letter_queue SET state = 'RESOLVED'")
            try await fixture.evaluate(settings)
            fixture.clock.pass(300)
            try await fixture.run(letter)
            try await fixture.evaluate(settings)
            #expect(try await fixture.alerts() == ["open resolved", "open firing"])
        }
    }

    @Test("are not written by a leader whose term has ended")
    func fenced() async throws {
        try await AlertFixture.with { (fixture: AlertFixture) async throws in
            let settings = try fixture.settings()
            try await fixture.run(
                """
                INSERT INTO consumer_gaps (cluster_id, group_id, topic, kafka_partition, kind,
                    stored_offset, resumed_offset, lost_events)
                VALUES ('c', 'g', 't', 3, 'RETENTION', 10, 52, 42)
                """)
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
            try await fixture.run(Self.partition(0, next: 1, end: 1))
            try await fixture.evaluate(settings)
            func come(_ events: Int, letters: Int) async throws {
                try await fixture.run(
                    "UPDATE consumer_offsets SET received_total = received_total + \(events)")
                try await fixture.run(
                    """
                    INSERT INTO dead_letter_queue (origin, stage, reason, fingerprint, error_message)
                    SELECT 'kafka', 'decode', 'malformed', 'f', 'e'
                    FROM generate_series(1, \(letters))
                    """)
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

    @Test("of the shipped rules fire for what each is for")
    func shipped() async throws {
        try await AlertFixture.with { (fixture: AlertFixture) async throws in
            let settings = try fixture.settings(contacts: ["PYXIS": "Catalog desk"])
            try await fixture.run(
                """
                INSERT INTO engines (host, process_id, role, version, configuration_hash, partitions,
                    heartbeat_at, kafka_state, kafka_state_since, kafka_error) VALUES
                  ('h', 7, 'engine', '1', 'c', '["service-catalog/0"]', now(), 'unreachable',
                   now() - interval '2 minutes', 'all brokers down'),
                  ('h', 8, 'engine', '1', 'c', '["service-catalog/1"]',
                   now() - interval '1 minute', 'ready', now(), NULL)
                """)
            try await fixture.run(Self.partition(0, next: 0, end: 5_000))
            try await fixture.run(Self.partition(1, next: 5, end: 5))
            try await fixture.run(Self.partition(2, next: 5, end: 5))
            try await fixture.run(
                "UPDATE consumer_offsets SET paused_at = now(), paused_reason = 'flood: many', "
                    + "paused_by = 'engine' WHERE kafka_partition = 2")
            try await fixture.run(
                "INSERT INTO circuit_breakers (engine_id, key, state, last_error) "
                    + "VALUES (1, 'kafka:dlq', 'OPEN', 'no'), (1, 'gs:x', 'CLOSED', NULL)")
            try await fixture.run(
                """
                INSERT INTO sync_runs (kind, source, state, triggered_by, matched, drifted,
                    source_system, completed_at) VALUES
                  ('catalog_file', 'ES', 'PARTIAL_SUCCESS', 'schedule', 100, 11, 'PYXIS', now()),
                  ('catalog_file', 'FR', 'PARTIAL_SUCCESS', 'schedule', 100, 6, 'PYXIS', now()),
                  ('catalog_file', 'IT', 'AWAITING_DECISION', 'schedule', 0, 0, 'PYXIS', NULL),
                  ('catalog_file', 'PL', 'FAILED', 'schedule', 0, 0, 'PYXIS', now())
                """)
            try await fixture.run(
                "INSERT INTO schedule_entries (name, job, cron, time_zone, planned_at, next_due_at) "
                    + "VALUES ('daily', 'reconcile', '0 3 * * *', 'UTC', now(), now() - interval '10 minutes')"
            )
            try await fixture.run(
                """
                INSERT INTO review_items (service_code, service_id, service_row_version, reasons,
                    current_content, proposed_content, changes, proposed_checksum, origin,
                    origin_ref, created_at)
                VALUES ('S1', 1, 1, '{scope_reduced}', '{}', '{}', '[]', 'x', 'event', '{}',
                        now() - interval '25 hours')
                """)
            try await fixture.run(
                """
                INSERT INTO notices (kind, severity, subject_type, subject_id, title, source_system)
                VALUES ('review_opened', 'INFO', 'service', 'S1', 'S1: scope_reduced', 'PYXIS'),
                       ('nobody_asks', 'INFO', 'service', 'S2', 'x', NULL)
                """)
            try await fixture.evaluate(settings)
            fixture.clock.pass(60)
            try await fixture.evaluate(settings)
            let firing = try await fixture.alerts().filter { $0.hasSuffix("firing") }.sorted()
            #expect(
                firing == [
                    "breaker_open kafka:dlq firing", "broker_unreachable firing",
                    "consumer_lag_high service-catalog firing",
                    "consumer_stopped service-catalog firing",
                    "dead_letter_flood service-catalog/2 firing", "engine_silent h:8 firing",
                    "reconciliation_awaiting_decision IT firing",
                    "reconciliation_drift_warning ES firing",
                    "reconciliation_drift_warning FR firing", "reconciliation_failed PL firing",
                    "reconciliation_high_drift ES firing", "review_ageing firing",
                    "review_opened service S1 firing", "schedule_missed daily firing",
                ])
            #expect(
                try await fixture.texts(
                    "SELECT contact FROM alerts WHERE rule = 'reconciliation_failed'")
                    == ["Catalog desk"])
            #expect(
                try await fixture.texts("SELECT kind FROM notices WHERE taken_at IS NULL") == [])
        }
    }

    // MARK: What a person does

    private func operations(_ fixture: AlertFixture, _ role: Operator.Role) -> Operations {
        Operations(
            settings: fixture.database,
            operator: Operator(name: "ana", actingFor: nil, role: role, evidence: [:]),
            context: ApplyContext(
                canonicalForm: CanonicalForm(secondsFromUTC: { _ in 0 }), now: { .now }))
    }

    @Test("are acknowledged once, silenced with an end, and both are in the trail")
    func decided() async throws {
        try await AlertFixture.with { (fixture: AlertFixture) async throws in
            let settings = try fixture.settings()
            try await fixture.run(
                """
                INSERT INTO consumer_gaps (cluster_id, group_id, topic, kafka_partition, kind,
                    stored_offset, resumed_offset, lost_events)
                VALUES ('c', 'g', 't', 3, 'RETENTION', 10, 52, 42)
                """)
            try await fixture.evaluate(settings)
            let operations = operations(fixture, .operator)
            let first = try await operations.acknowledgeAlerts([1, 99], reason: "mine")
            #expect(first.lines.map(\.result) == [.done, .refused])
            let second = try await operations.acknowledgeAlerts([1], reason: "mine")
            #expect(second.lines.map(\.message) == ["ana has acknowledged it already"])
            let silenced = try await operations.silenceAlerts(
                [1], for: .seconds(3_600), reason: "known")
            #expect(silenced.done == 1)
            let row = try #require(try await AlertProbe(fixture.connection).list().rows.first)
            #expect(row.acknowledgement?.by == "ana" && row.silence?.reason == "known")
            #expect(
                try await AlertProbe(fixture.connection)
                    .list(Filter("silenced:true acknowledged:true")).rows.count == 1)
            #expect(try await operations.unsilenceAlerts([1], reason: "").done == 1)
            #expect(try await operations.unsilenceAlerts([1], reason: "").refused == 1)
            let tooLong = try await operations.silenceRule(
                "events_lost", for: .seconds(31 * 86_400), reason: "for ever")
            #expect(tooLong.refused == 1)
            #expect(
                try await fixture.texts(
                    "SELECT change || ' ' || COALESCE(operator, '-') FROM alert_history ORDER BY id"
                )
                    == ["fired -", "acknowledged ana", "silenced ana", "unsilenced ana"])
            #expect(
                try await fixture.texts(
                    "SELECT action || ' ' || result FROM audit_log ORDER BY id") == [
                        "alert.acknowledge done", "alert.acknowledge refused",
                        "alert.acknowledge refused", "alert.silence done", "alert.unsilence done",
                        "alert.unsilence refused", "alert.silence refused",
                    ])
            await operations.close()
            let viewer = self.operations(fixture, .viewer)
            #expect(try await viewer.acknowledgeAlerts([1], reason: "x").refused == 1)
            await viewer.close()
        }
    }

    @Test("of a silenced rule fire without telling, and tell when the silence has ended")
    func silencedRule() async throws {
        try await AlertFixture.with { (fixture: AlertFixture) async throws in
            let settings = try fixture.settings()
            let operations = operations(fixture, .operator)
            _ = try await operations.silenceRule("events_lost", for: .seconds(600), reason: "drill")
            try await fixture.run(
                """
                INSERT INTO consumer_gaps (cluster_id, group_id, topic, kafka_partition, kind,
                    stored_offset, resumed_offset, lost_events)
                VALUES ('c', 'g', 't', 3, 'RETENTION', 10, 52, 42)
                """)
            try await fixture.evaluate(settings)
            fixture.clock.pass(5)
            try await fixture.evaluate(settings)
            #expect(try await fixture.alerts() == ["events_lost t/3 firing"])
            #expect(try await fixture.deliveries() == [])
            fixture.clock.pass(600)
            try await fixture.evaluate(settings)
            #expect(try await fixture.deliveries() == ["slack fired waiting"])
            await operations.close()
        }
    }
}
