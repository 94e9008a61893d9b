import Probes
import Testing

@testable import SyncEngine

@Suite("The shipped rules", .timeLimit(.minutes(5)))
struct ShippedRuleTests {
    @Test("fire for what each is for")
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
            try await fixture.partition(0, next: 0, end: 5_000)
            try await fixture.partition(1, next: 5, end: 5)
            try await fixture.partition(2, next: 5, end: 5)
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
}
