import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Erasing what is personal", .timeLimit(.minutes(5)))
struct PersonalErasureTests {
    private static let fields = PersonalFields(paths: ["data.contact.email", "headers.x-user"])

    private static func event(_ id: String, _ code: String, _ email: String, _ rest: String = "")
        -> (key: String, value: String)
    {
        Events.event(
            id, "created", code,
            #""name":{"en":"n"},"countryCode":"ES""#
                + #","type":"installation","category":"hvac","contact":{"email":"\#(email)"}"#
                + rest)
    }

    private static func admin(_ fixture: ApplyFixture) -> Operations {
        fixture.operations("eve", role: .admin)
    }

    @Test("takes it out of events, letters and their history, and leaves the rest as it was")
    func service() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([
                Self.event("e1", "A", "ana@example.org"), Self.event("e2", "B", "bob@example.org"),
                // Not valid: it becomes a letter.
                Self.event("e3", "A", "ana@example.org", #","estimatedDuration":"x""#),
            ])
            try await fixture.run(
                """
                INSERT INTO dead_letter_history (letter_id, action, result, payload)
                SELECT id, 'edit', 'edited', payload FROM dead_letter_queue
                """)
            let operations = Self.admin(fixture)
            let dry = try await operations.erasePersonal(
                .service("A"), fields: Self.fields, reason: "asked", isDryRun: true)
            // The message that tells others of the letter.
            #expect(dry.count.events == 2 && dry.count.letters == 1 && dry.count.others == 1)
            let before = try await Self.tables(fixture, with: "ana@example.org")
            #expect(before.contains("dead_letter_history") && before.contains("outbox"))
            let done = try await operations.erasePersonal(
                .service("A"), fields: Self.fields, reason: "asked")
            #expect(done.report.done == 1)
            #expect(done.count == dry.count)
            #expect(try await Self.tables(fixture, with: "ana@example.org") == [])
            #expect(try await Self.tables(fixture, with: "bob@example.org") != [])
            #expect(
                try await fixture.texts(
                    "SELECT event_id || ' ' || (payload #>> '{data,contact,email}') || ' ' "
                        + "|| (payload ->> 'eventId') FROM service_catalog_event_log ORDER BY 1")
                    == ["e1 [erased] e1", "e2 bob@example.org e2", "e3 [erased] e3"])
            // What is erased is erased once.
            let again = try await operations.erasePersonal(
                .service("A"), fields: Self.fields, reason: "asked")
            #expect(again.count == PersonalErasure.Count())
            await operations.close()
        }
    }

    @Test("a letter that was erased from is not retried, in words; editing makes it whole again")
    func retrying() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([
                Self.event("e3", "A", "ana@example.org", #","estimatedDuration":"x""#)
            ])
            let id = Int64(try await fixture.count("SELECT id FROM dead_letter_queue"))
            let operations = Self.admin(fixture)
            _ = try await operations.erasePersonal(
                .service("A"), fields: Self.fields, reason: "asked")
            let retried = try await operations.retryLetters([id])
            #expect(retried.refused == 1)
            #expect(retried.lines[0].message.contains("personal values were erased"))
            let whole = Array(Self.event("e3", "A", "x").value.utf8)
            #expect(try await operations.editLetter(id, payload: whole, reason: "whole").done == 1)
            #expect(try await fixture.imbalances() == [])
            await operations.close()
        }
    }

    @Test("a subject is found wherever it stands, also in the trail, whose chain still holds")
    func subject() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let keeping = try await KeepingFixture(over: fixture)
            let odd = #"Zoë "Q" \ Ruiz"#
            try await fixture.apply([
                Self.event("e1", "A", "x", #","note":["met Zoë \"Q\" \\ Ruiz today"]"#),
                (key: "k", value: #"{ broken Zoë "Q" \ Ruiz"#),
                Self.event("e2", "B", "y"),
            ])
            try await fixture.run(
                """
                INSERT INTO audit_log (operator, role, action, target_type, target_id, result,
                    details, details_hash)
                SELECT 'ana', 'operator', 'dlq.resolve', 'dead_letter', '1', 'done', d,
                       sha256(convert_to(d::text, 'UTF8'))
                FROM (VALUES (jsonb_build_object('message', 'by ' || $q$\(odd)$q$)),
                             ('{"message": "nobody"}'::jsonb)) v (d)
                """)
            try await keeping.seal()
            let operations = Self.admin(fixture)
            let done = try await operations.erasePersonal(
                .subject(odd), fields: .none, reason: "asked")
            #expect(done.count.events == 2 && done.count.letters == 1)
            #expect(done.count.auditEntries == 1)
            #expect(
                try await fixture.texts(
                    "SELECT details ->> 'message' FROM audit_log WHERE action = 'dlq.resolve' "
                        + "ORDER BY id") == ["[erased]", "nobody"])
            try await keeping.seal()
            let found = try await keeping.verify()
            #expect(found.isWhole && found.erasedRows == 1)
            // What the trail says of the erasure does not say whom it was about.
            #expect(
                try await fixture.count(
                    "SELECT count(*) FROM audit_log WHERE (audit_log::text) LIKE '%Ruiz%'") == 0)
            await operations.close()
            await keeping.close()
        }
    }

    @Test("a subject goes from every table in which it stands")
    func everywhere() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let text = "Zoe Ruiz"
            try await fixture.apply([
                (key: "k", value: "not JSON: \(text)"), Self.event("e1", "A", text),
            ])
            try await fixture.run(
                """
                UPDATE service_catalog_event_log SET error_message = 'by \(text)';
                INSERT INTO sync_runs (kind, source, triggered_by, state, error_message)
                VALUES ('catalog_file', 'ES', 'x', 'FAILED', 'for \(text)');
                INSERT INTO sync_drift (run_id, source, service_code, field, before, after, outcome)
                VALUES (1, 'ES', 'A', 'name_i18n', '{"es": "\(text)"}', NULL, 'CORRECTED');
                INSERT INTO sync_bad_rows (run_id, line, reason, message, raw)
                VALUES (1, 2, 'r', 'm', 'A;\(text);3');
                INSERT INTO notices (kind, severity, subject_type, subject_id, title, details)
                VALUES ('k', 'INFO', 's', '1', 't', '{"reason": "said \(text)"}');
                INSERT INTO alerts (rule, severity, state, summary, condition, started_at, seen_at)
                VALUES ('r', 'INFO', 'RESOLVED', 'of \(text)', 'c', now(), now());
                INSERT INTO alert_history (alert_id, at, change, message)
                VALUES (1, now(), 'acknowledged', 'told \(text)');
                INSERT INTO event_replays (log_id, log_received_at, operator, reason,
                    override_stale, status_before, attempts_before, outcome, message)
                VALUES (1, now(), 'ana', 'asked by \(text)', false, 'PROCESSED', 1, 'x', 'm');
                INSERT INTO dead_letter_history (letter_id, action, result, message)
                SELECT id, 'resolve', 'x', '\(text) knows' FROM dead_letter_queue;
                INSERT INTO review_items (service_code, service_id, service_row_version, state,
                    reasons, current_content, proposed_content, changes, proposed_checksum, origin,
                    origin_ref)
                VALUES ('A', 1, 1, 'REJECTED', '{}', '{}', '{"name_i18n": {"es": "\(text)"}}', '[]',
                        '', 'file', '{}')
                """)
            // What the event log and the letter's message hold in Base64 does not show as such.
            #expect(
                try await Self.tables(fixture, with: text) == [
                    "alert_history", "alerts", "dead_letter_history", "dead_letter_queue",
                    "event_replays", "notices", "review_items",
                    "service_catalog_event_log", Self.month(try await fixture.texts(Self.months)),
                    "sync_bad_rows", "sync_drift", "sync_runs",
                ])
            let operations = Self.admin(fixture)
            let done = try await operations.erasePersonal(
                .subject(text), fields: .none, reason: "asked")
            #expect(done.report.done == 1, "\(done.report)")
            #expect(try await Self.tables(fixture, with: text) == [])
            #expect(
                try await fixture.texts(
                    "SELECT convert_from(value, 'UTF8')::jsonb ->> 'original_base64' FROM outbox")
                    == ["[erased]"])
            #expect(try await fixture.imbalances() == [])
            await operations.close()
        }
    }

    private static let months =
        "SELECT relname FROM pg_inherits JOIN pg_class ON oid = inhrelid "
        + "WHERE inhparent = 'service_catalog_event_log'::regclass AND relname NOT LIKE '%default' "
        + "ORDER BY 1 LIMIT 1"

    private static func month(_ names: [String]) -> String { names.first ?? "" }

    @Test("what the configuration names goes from review items and drift of the service as well")
    func contents() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([
                Events.created("e1", "A", at: "2025-01-01T00:00:00Z"),
                Events.event(
                    "e2", "updated", "A", at: "2025-01-02T00:00:00Z",
                    #""scopeIncluded":["Ana","Bea"]"#),
            ])
            try await fixture.run(
                """
                INSERT INTO sync_drift (run_id, source, service_code, field, before, after, outcome)
                VALUES (1, 'ES', 'A', 'scope_included', '["Ana"]', '["Eve"]', 'CORRECTED'),
                       (1, 'ES', 'A', 'country_code', '"ES"', '"FR"', 'CORRECTED'),
                       (1, 'ES', 'B', 'scope_included', '["Ana"]', NULL, 'CORRECTED')
                """)
            let fields = PersonalFields(paths: ["catalog.scope_included"])
            let operations = Self.admin(fixture)
            let early = try await operations.erasePersonal(
                .service("A"), fields: fields, reason: "asked")
            // The change is still to be decided.
            #expect(early.count.reviews == 0 && early.count.waiting == 1)
            #expect(early.count.others == 1)
            let id = Int64(try await fixture.count("SELECT id FROM review_items"))
            #expect(
                try await operations.reject([ReviewTarget(id: id)], reason: "no").done == 1)
            let late = try await operations.erasePersonal(
                .service("A"), fields: fields, reason: "asked")
            #expect(late.count.reviews == 1 && late.count.waiting == 0)
            #expect(
                try await fixture.texts(
                    "SELECT (proposed_content -> 'scope_included')::text FROM review_items")
                    == [#"["[erased]", "[erased]"]"#])
            #expect(
                try await fixture.texts(
                    "SELECT concat_ws(' ', before, after) FROM sync_drift ORDER BY id") == [
                        #"["[erased]"] ["[erased]"]"#, #""ES" "FR""#, #"["Ana"]"#,
                    ])
            await operations.close()
        }
    }

    @Test("an event that was erased from is not replayed, in words")
    func replaying() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([Self.event("e1", "A", "ana@example.org")])
            let id = Int64(try await fixture.count("SELECT id FROM service_catalog_event_log"))
            let operations = Self.admin(fixture)
            _ = try await operations.erasePersonal(
                .events([id]), fields: Self.fields, reason: "asked")
            let report = try await operations.replay(
                [id], ReplayOrder(isDryRun: false, overridesStale: true, reason: "why"))
            #expect(report.lines.map(\.result) == [.refused])
            #expect(report.lines.first?.message.contains("personal values were erased") == true)
            await operations.close()
        }
    }

    @Test("what waits for a retry keeps its values, and is counted")
    func waiting() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.run(Refusal.install("true"))
            try await fixture.apply([Self.event("e1", "A", "ana@example.org")])
            let operations = Self.admin(fixture)
            let done = try await operations.erasePersonal(
                .service("A"), fields: Self.fields, reason: "asked")
            #expect(done.count.events == 0 && done.count.waiting == 1)
            try await fixture.run(Refusal.lift)
            try await fixture.retry()
            #expect(try await fixture.count("SELECT count(*) FROM service_catalog") == 1)
            await operations.close()
        }
    }

    @Test("is for admins, and revealing is for operators and on record")
    func roles() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let bob = fixture.operations("bob")
            let refused = try await bob.erasePersonal(
                .service("A"), fields: Self.fields, reason: "asked")
            #expect(refused.report.refused == 1)
            #expect(try await bob.reveal(type: "event", id: "7", reason: "why").done == 1)
            let vic = fixture.operations("vic", role: .viewer)
            #expect(try await vic.reveal(type: "event", id: "7", reason: "why").refused == 1)
            #expect(
                try await fixture.texts(
                    "SELECT operator || ' ' || action || ' ' || target_id || ' ' || result "
                        + "FROM audit_log ORDER BY id") == [
                        "bob personal.erase service:A refused", "bob personal.reveal 7 done",
                        "vic personal.reveal 7 refused",
                    ])
            await bob.close()
            await vic.close()
        }
    }

    /// In which tables a text stands, whatever their columns: as text, or in bytes.
    private static func tables(_ fixture: ApplyFixture, with text: String) async throws -> [String]
    {
        var found: [String] = []
        for table in try await fixture.texts(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        {
            let hexadecimal = "encode(convert_to($$\(text)$$, 'UTF8'), 'hex')"
            let rows = try await fixture.count(
                "SELECT count(*) FROM \"\(table)\" t WHERE position($$\(text)$$ IN t::text) > 0 "
                    + "OR position(\(hexadecimal) IN t::text) > 0")
            if rows > 0 { found.append(table) }
        }
        return found
    }
}
