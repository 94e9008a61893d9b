import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Erasing what is personal while others work", .timeLimit(.minutes(5)))
struct PersonalErasureRaceTests {
    private static let fields = PersonalFields(paths: ["data.contact.email"])

    @Test("a letter that is edited between its look and its write keeps the edit, erased as well")
    func editedMeanwhile() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            // Not valid: it becomes a letter.
            try await fixture.apply([
                Events.event(
                    "e1", "created", "A",
                    #""name":{"en":"n"},"estimatedDuration":"x","contact":{"email":"ana@x.org"}"#)
            ])
            let editor = try await PostgresConnection.connect(fixture.database)
            try await editor.script(
                """
                BEGIN;
                UPDATE dead_letter_queue
                SET payload = convert_to(
                        replace(convert_from(payload, 'UTF8'), '"x"', '"mended"'), 'UTF8'),
                    payload_json = replace(payload_json::text, '"x"', '"mended"')::jsonb
                """)
            let operations = fixture.operations("eve", role: .admin)
            async let erasing = operations.erasePersonal(
                .service("A"), fields: Self.fields, reason: "asked")
            // It has read the letter as it was, and waits for the editor.
            let waits = try await eventually {
                try await fixture.count(
                    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                        + "AND query LIKE '%UPDATE dead_letter_queue d%'") > 0
            }
            #expect(waits)
            try await editor.script("COMMIT")
            let erased = try await erasing
            #expect(erased.report.done == 1)
            #expect(erased.count.letters == 1)
            #expect(
                try await fixture.texts(
                    "SELECT (payload_json #>> '{data,estimatedDuration}') || ' ' "
                        + "|| (payload_json #>> '{data,contact,email}') FROM dead_letter_queue")
                    == ["mended [erased]"])
            await operations.close()
            await editor.close()
        }
    }
}
