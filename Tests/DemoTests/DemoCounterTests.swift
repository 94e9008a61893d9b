import Postgres
import TestSupport
import Testing

@testable import Demo

@Suite("Demo counter")
struct DemoCounterTests {
    @Test("finds nothing where everything is as the model says")
    func consistent() async throws {
        try await ModelDatabase.with { database in
            let report = try await database.count()
            #expect(report.differences == [])
            #expect(report.isConsistent)
            #expect(report.received == ModelDatabase.messages)
            #expect(
                report.received == report.processed + report.skipped + report.held
                    + report.deadLettered + report.duplicates)
            for count in [
                report.processed, report.skipped, report.held, report.deadLettered,
                report.duplicates, report.reviewOpen, report.letterOpen,
            ] {
                #expect(count > 0)
            }
            #expect(report.lagMessages == 0)
            #expect(report.runs.map(\.source) == ["ES", "FR", "IT", "PL"])
        }
    }

    /// One thing changed by hand, and how the counter must name it.
    struct Tampering: Sendable, CustomTestStringConvertible {
        let name: String
        let sql: String
        let what: String
        let field: String
        var testDescription: String { name }
    }

    static let tamperings = [
        Tampering(
            name: "a field of a service",
            sql: """
                UPDATE service_catalog SET estimated_complexity = 'ODD'
                WHERE id = (SELECT min(id) FROM service_catalog)
                """, what: "service", field: "estimated_complexity"),
        Tampering(
            name: "one letter of a text in one language",
            sql: """
                UPDATE service_catalog SET name_i18n = jsonb_set(name_i18n, '{en}', '"x"')
                WHERE id = (SELECT min(id) FROM service_catalog)
                """, what: "service", field: "name_i18n"),
        Tampering(
            name: "the order of a list",
            sql: """
                UPDATE service_catalog SET scope_included =
                    (SELECT jsonb_agg(e ORDER BY n DESC)
                     FROM jsonb_array_elements(scope_included) WITH ORDINALITY AS x (e, n))
                WHERE id = (SELECT min(id) FROM service_catalog)
                """, what: "service", field: "scope_included"),
        Tampering(
            name: "an end date by a millisecond",
            sql: """
                UPDATE service_catalog SET effective_from = effective_from + interval '1 ms'
                WHERE id = (SELECT min(id) FROM service_catalog)
                """, what: "service", field: "effective_from"),
        Tampering(
            name: "the mark of a stream",
            sql: """
                UPDATE entity_stream SET newest_decided_at = newest_decided_at + interval '1 s'
                WHERE entity_id = (SELECT min(entity_id) FROM entity_stream)
                """, what: "service", field: "newest_decided_at"),
        Tampering(
            name: "a contract template",
            sql: """
                UPDATE service_catalog SET contract_template_id = 99
                WHERE id = (SELECT min(id) FROM service_catalog)
                """, what: "service", field: "contract_template_id"),
        Tampering(
            name: "a log row that is missing",
            sql: """
                DELETE FROM service_catalog_event_log WHERE id =
                    (SELECT min(id) FROM service_catalog_event_log)
                """, what: "event", field: "rows"),
        Tampering(
            name: "a log row that stands twice",
            sql: """
                INSERT INTO service_catalog_event_log (event_id, processing_status, topic,
                    kafka_partition, kafka_offset)
                SELECT event_id, processing_status, topic, kafka_partition, kafka_offset
                FROM service_catalog_event_log LIMIT 1
                """, what: "event", field: "rows"),
        Tampering(
            name: "the status of an event",
            sql: """
                UPDATE service_catalog_event_log SET processing_status = 'SKIPPED'
                WHERE id = (SELECT min(id) FROM service_catalog_event_log
                            WHERE processing_status = 'HELD')
                """, what: "event", field: "processing_status"),
        Tampering(
            name: "a warning that was swallowed",
            sql: """
                UPDATE service_catalog_event_log SET warnings = NULL
                WHERE id = (SELECT min(id) FROM service_catalog_event_log
                            WHERE warnings IS NOT NULL)
                """,
            what: "event", field: "warnings"),
        Tampering(
            name: "an offset that was moved",
            sql: """
                UPDATE consumer_offsets SET next_offset = next_offset - 1
                WHERE kafka_partition = 0
                """, what: "offset", field: "next_offset"),
        Tampering(
            name: "a letter that is missing",
            sql: "DELETE FROM dead_letter_queue WHERE id = (SELECT min(id) FROM dead_letter_queue)",
            what: "letter", field: "rows"),
        Tampering(
            name: "a letter's bytes",
            sql: """
                UPDATE dead_letter_queue SET payload = payload || '\\x00'
                WHERE id = (SELECT min(id) FROM dead_letter_queue)
                """, what: "letter", field: "payload"),
        Tampering(
            name: "a letter's reason",
            sql: """
                UPDATE dead_letter_queue SET reason = 'bad_luck'
                WHERE id = (SELECT min(id) FROM dead_letter_queue)
                """, what: "letter", field: "reason"),
        Tampering(
            name: "a letter that never left",
            sql: """
                INSERT INTO outbox (topic, breaker_key) VALUES ('dlq.failed_events', 'kafka:dlq')
                """, what: "total", field: "count"),
        Tampering(
            name: "a review item's proposed value",
            sql: """
                UPDATE review_items SET proposed_content =
                    jsonb_set(proposed_content, '{country_code}', '"DE"')
                WHERE id = (SELECT min(id) FROM review_items)
                """, what: "review item", field: "country_code"),
        Tampering(
            name: "a review item's impact",
            sql: """
                UPDATE review_items SET impact_active_orders = impact_active_orders + 1
                WHERE id = (SELECT min(id) FROM review_items)
                """, what: "review item", field: "impact"),
        Tampering(
            name: "a review item that was decided",
            sql: """
                UPDATE review_items SET state = 'APPROVED'
                WHERE id = (SELECT min(id) FROM review_items)
                """, what: "review item", field: "exists"),
        Tampering(
            name: "a figure of a run",
            sql: "UPDATE sync_runs SET matched = matched + 1 WHERE source = 'ES'",
            what: "run", field: "matched"),
        Tampering(
            name: "a run that went on although it should have asked",
            sql: "UPDATE sync_runs SET state = 'PARTIAL_SUCCESS' WHERE source = 'PL'",
            what: "run", field: "state"),
        Tampering(
            name: "a run that nobody asked for",
            sql: """
                INSERT INTO sync_runs (kind, source, triggered_by)
                VALUES ('catalog_file', 'DE', 'manual')
                """, what: "run", field: "exists"),
        Tampering(
            name: "a row of drift that is missing",
            sql: "DELETE FROM sync_drift WHERE id = (SELECT min(id) FROM sync_drift)",
            what: "drift", field: "outcome"),
        Tampering(
            name: "a row of drift that stands twice",
            sql: """
                INSERT INTO sync_drift (run_id, source, service_code, field, outcome)
                SELECT run_id, source, service_code, field, outcome FROM sync_drift LIMIT 1
                """, what: "drift", field: "outcome"),
        Tampering(
            name: "a bad row's line",
            sql: """
                UPDATE sync_bad_rows SET line = line + 1000
                WHERE id = (SELECT min(id) FROM sync_bad_rows)
                """, what: "drift", field: "outcome"),
        Tampering(
            name: "a breaking row that was applied without asking",
            sql: """
                DELETE FROM review_items WHERE id =
                    (SELECT min(id) FROM review_items WHERE log_id IS NULL)
                """, what: "review item", field: "exists"),
        Tampering(
            name: "an event counted twice",
            sql: """
                UPDATE consumer_offsets SET received_total = received_total + 1
                WHERE kafka_partition = 0
                """, what: "total", field: "count"),
    ]

    @Test("finds what was changed by hand", arguments: tamperings)
    func tampering(_ tampering: Tampering) async throws {
        try await ModelDatabase.with { database in
            try await database.connection.script(tampering.sql)
            let report = try await database.count()
            #expect(!report.isConsistent)
            #expect(
                report.differences.contains {
                    $0.what == tampering.what && $0.field == tampering.field
                }, "\(report.differences)")
            #expect(report.differences.count <= 5, "names what was changed, and little else")
        }
    }

    @Test("finds letters that the broker does not have")
    func letterNotPublished() async throws {
        try await ModelDatabase.with { database in
            let report = try await database.count(
                publishedLetters: database.model.letters.count - 1)
            #expect(report.differences.map(\.subject) == ["letters published"])
        }
    }

    @Test("says in keys of the documented order what it found")
    func reportShape() {
        var report = DemoReport()
        report.produced = 3
        report.received = 3
        report.deadLettered = 1
        #expect(
            report.json == """
                {"produced":3,"received":3,"processed":0,"skipped":0,"held":0,"parked":0,\
                "retrying":0,"dead_lettered":1,"duplicates":0,"lag_messages":0,"review_open":0,\
                "dlq_open":0,"runs":[],"consistent":true}
                """)
        report.differences = [
            DemoDifference(
                what: "service", subject: "S1", field: "status", expected: "\"ACTIVE\"",
                actual: nil)
        ]
        report.differenceCount = 30
        #expect(
            report.json.hasSuffix(
                """
                "runs":[],"consistent":false,"differences":\
                ["service S1: status is nothing, expected \\"ACTIVE\\"","… and 29 more"]}
                """))
    }
}
