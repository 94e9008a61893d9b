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
            #expect(dry.count.events == 2 && dry.count.letters == 1)
            #expect(try await Self.left(fixture, "ana@example.org") > 0)
            let done = try await operations.erasePersonal(
                .service("A"), fields: Self.fields, reason: "asked")
            #expect(done.report.done == 1)
            #expect(done.count == dry.count)
            #expect(try await Self.left(fixture, "ana@example.org") == 0)
            #expect(try await Self.left(fixture, "bob@example.org") > 0)
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

    /// In how many rows a text stands.
    private static func left(_ fixture: ApplyFixture, _ text: String) async throws -> Int {
        try await fixture.count(
            """
            SELECT (SELECT count(*) FROM service_catalog_event_log l WHERE l::text LIKE '%\(text)%')
                 + (SELECT count(*) FROM dead_letter_queue d
                    WHERE position('\(text)'::bytea IN coalesce(payload, '')) > 0
                       OR d.payload_json::text LIKE '%\(text)%')
                 + (SELECT count(*) FROM dead_letter_history
                    WHERE position('\(text)'::bytea IN coalesce(payload, '')) > 0)
            """)
    }
}
