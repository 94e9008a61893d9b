import Postgres
import Testing

@testable import SyncEngine

@Suite("Deciding dead letters")
struct LetterDecisionTests {
    private static func letter(_ fixture: ApplyFixture) async throws -> Int64 {
        Int64(
            try await fixture.count(
                "SELECT id FROM dead_letter_queue WHERE state = 'OPEN' ORDER BY id LIMIT 1"))
    }

    /// A letter of a service that exists: its update was refused four times.
    private static func refusedUpdate(_ fixture: ApplyFixture) async throws -> Int64 {
        try await fixture.apply([Events.created("e1", "A", at: "2025-01-01T00:00:00Z")])
        try await fixture.run(Refusal.install("NEW.estimated_duration_minutes = 66"))
        try await fixture.apply([
            Events.event(
                "e2", "updated", "A", at: "2025-01-02T00:00:00Z", #""estimatedDuration":66"#)
        ])
        while try await fixture.retry() > 0 {}
        return try await letter(fixture)
    }

    private static func state(_ fixture: ApplyFixture) async throws -> [String] {
        try await fixture.texts(
            """
            SELECT state || ' ' || coalesce(resolution, '-') || ' ' || coalesce(resolved_by, '-')
                   || ' ' || attempts
            FROM dead_letter_queue ORDER BY id
            """)
    }

    @Test("a retry that succeeds resolves the letter and applies its event")
    func success() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let id = try await Self.refusedUpdate(fixture)
            try await fixture.run(Refusal.lift)
            let ana = fixture.operations()
            let report = try await ana.retryLetters([id])
            #expect(report.lines.map(\.result) == [.done])
            #expect(report.lines.map(\.message) == ["A: updated"])
            #expect(try await Self.state(fixture) == ["RESOLVED retried: updated ana 4"])
            #expect(
                try await fixture.log() == ["e1 PROCESSED created", "e2 PROCESSED updated"])
            #expect(
                try await fixture.texts("SELECT action || ' ' || result FROM dead_letter_history")
                    == ["retry updated"])
            let second = try await ana.retryLetters([id])
            #expect(second.lines.map(\.message) == ["ana has resolved it already"])
            #expect(try await fixture.imbalances() == [])
            await ana.close()
        }
    }

    @Test("a retry that fails again leaves the letter open, with one attempt more, at once")
    func failsAgain() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let id = try await Self.refusedUpdate(fixture)
            let ana = fixture.operations()
            let report = try await ana.retryLetters([id])
            #expect(report.lines.map(\.result) == [.failed])
            #expect(try await Self.state(fixture) == ["OPEN - - 5"])
            #expect(try await fixture.count("SELECT count(*) FROM pending_events") == 0)
            #expect(
                try await fixture.texts("SELECT action || ' ' || result FROM audit_log")
                    == ["dlq.retry failed"])
            #expect(try await fixture.imbalances() == [])
            await ana.close()
        }
    }

    @Test("an overtaken letter is skipped as stale; an admin may override that, an operator not")
    func stale() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let id = try await Self.refusedUpdate(fixture)
            try await fixture.run(Refusal.lift)
            try await fixture.apply([
                Events.event(
                    "e3", "updated", "A", at: "2025-01-03T00:00:00Z", #""complexity":"LOW""#)
            ])
            let ana = fixture.operations("ana")
            let refused = try await ana.retryLetters([id], overrideStale: true)
            #expect(refused.lines.map(\.message) == ["ana is operator; this needs admin"])
            #expect(try await Self.state(fixture) == ["OPEN - - 4"])
            let root = fixture.operations("root", role: .admin)
            let done = try await root.retryLetters([id], overrideStale: true)
            #expect(done.lines.map(\.result) == [.done])
            #expect(
                try await fixture.texts(
                    """
                    SELECT estimated_duration_minutes || ' ' || estimated_complexity
                    FROM service_catalog
                    """) == ["66 LOW"])
            // The mark did not move back: what lies between is still stale.
            try await fixture.apply([
                Events.event("e4", "updated", "A", at: "2025-01-02T12:00:00Z", #""type":"x""#)
            ])
            #expect(
                try await fixture.log() == [
                    "e1 PROCESSED created", "e2 PROCESSED updated", "e3 PROCESSED updated",
                    "e4 SKIPPED stale",
                ])
            #expect(
                try await fixture.texts(
                    "SELECT action || ' ' || operator || ' ' || result FROM audit_log ORDER BY id")
                    == [
                        "dlq.retry_override_stale ana refused",
                        "dlq.retry_override_stale root done",
                    ])
            #expect(try await fixture.imbalances() == [])
            await ana.close()
            await root.close()
        }
    }

    @Test("without an override an overtaken letter is resolved as stale")
    func staleWithoutOverride() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let id = try await Self.refusedUpdate(fixture)
            try await fixture.run(Refusal.lift)
            try await fixture.apply([
                Events.event(
                    "e3", "updated", "A", at: "2025-01-03T00:00:00Z", #""complexity":"LOW""#)
            ])
            let ana = fixture.operations()
            #expect(
                try await ana.retryLetters([id]).lines.map(\.message)
                    == ["skipped as stale: a newer event of A has been decided"])
            #expect(try await Self.state(fixture) == ["RESOLVED retried: stale ana 4"])
            #expect(try await fixture.imbalances() == [])
            await ana.close()
        }
    }

    @Test("a letter of a blocked service waits, and is decided when the queue drains")
    func blocked() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let id = try await Self.refusedUpdate(fixture)
            try await fixture.apply([
                Events.event(
                    "e3", "updated", "A", at: "2025-01-03T00:00:00Z", #""estimatedDuration":66"#)
            ])
            let ana = fixture.operations()
            #expect(
                try await ana.retryLetters([id]).lines.map(\.message)
                    == ["waits behind an earlier event of A"])
            #expect(try await Self.state(fixture) == ["RETRYING - - 4"])
            let again = try await ana.retryLetters([id])
            #expect(again.lines.map(\.result) == [.refused])
            try await fixture.run(Refusal.lift)
            try await fixture.retry()
            // In the order of their arrival: the third event finds what the second has set.
            #expect(
                try await fixture.log() == [
                    "e1 PROCESSED created", "e2 PROCESSED updated", "e3 PROCESSED unchanged",
                ])
            #expect(
                try await Self.state(fixture) == ["RESOLVED retried: updated SYNC_JOB 4"])
            #expect(try await fixture.imbalances() == [])
            await ana.close()
        }
    }

    @Test("an event from the future that is retried in a blocked service is believed by now")
    func futureBehindBlocked() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([
                Events.event(
                    "e1", "created", "A", at: "2199-01-01T00:00:00Z",
                    #""countryCode":"ES","name":{"es":"x"}"#)
            ])
            // As if it had come long ago and its time had passed since.
            try await fixture.run(
                """
                UPDATE service_catalog_event_log SET received_at = '2024-12-01T00:00:00Z';
                UPDATE dead_letter_queue SET log_received_at = '2024-12-01T00:00:00Z',
                    payload = convert_to(replace(convert_from(payload, 'UTF8'), '2199', '2025'),
                                         'UTF8');
                """)
            try await fixture.apply([Events.event("e2", "deprecated", "A")])
            let ana = fixture.operations()
            #expect(
                try await ana.retryLetters([try await Self.letter(fixture)]).lines.map(\.result)
                    == [.done])
            #expect(try await Self.state(fixture).map { $0.prefix(8) } == ["RETRYING"])
            try await fixture.retry()
            #expect(
                try await fixture.log() == ["e1 PROCESSED created", "e2 PROCESSED deprecated"])
            #expect(try await fixture.imbalances() == [])
            await ana.close()
        }
    }

    @Test("a letter that is resolved is closed and its event is not applied")
    func resolve() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let id = try await Self.refusedUpdate(fixture)
            let ana = fixture.operations()
            #expect(try await ana.resolveLetters([id], reason: "known").done == 1)
            #expect(try await Self.state(fixture) == ["RESOLVED resolved: known ana 4"])
            #expect(
                try await ana.resolveLetters([id], reason: "again").lines.map(\.message)
                    == ["ana has resolved it already"])
            #expect(
                try await ana.resolveLetters([999], reason: "x").lines.map(\.message)
                    == ["there is no letter 999"])
            #expect(
                try await fixture.texts(
                    "SELECT action || ' ' || result || ' ' || coalesce(reason, '-') "
                        + "FROM audit_log ORDER BY id") == [
                        "dlq.resolve done known", "dlq.resolve refused again",
                        "dlq.resolve refused x",
                    ])
            await ana.close()
        }
    }

    @Test("an edited letter is applied, and its history keeps the payload before")
    func edit() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let wrong = Events.event("e1", "created", "A", #""countryCode":"Spain""#)
            try await fixture.apply([wrong])
            let ana = fixture.operations()
            let payload = Array(Events.created("e1", "A").value.utf8)
            let id = try await Self.letter(fixture)
            let report = try await ana.editLetter(id, payload: payload, reason: "country")
            #expect(report.lines.map(\.result) == [.done])
            #expect(try await fixture.log() == ["e1 PROCESSED created"])
            #expect(
                try await fixture.texts(
                    "SELECT action || ' ' || coalesce(convert_from(payload, 'UTF8'), '-') "
                        + "FROM dead_letter_history ORDER BY id")
                    == ["edit \(wrong.value)", "retry -"])
            // The original, delivered again, is a duplicate.
            try await fixture.apply([wrong])
            #expect(try await fixture.log() == ["e1 PROCESSED created"])
            #expect(try await fixture.imbalances() == [])
            await ana.close()
        }
    }

    @Test("an event id that belongs to another event is refused, and the letter stays as it was")
    func editedID() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let wrong = Events.event("e2", "created", "B", #""countryCode":"Spain""#)
            try await fixture.apply([Events.created("e1", "A"), wrong])
            let ana = fixture.operations()
            let id = try await Self.letter(fixture)
            let taken = Array(Events.created("e1", "B").value.utf8)
            let refused = try await ana.editLetter(id, payload: taken, reason: "x")
            #expect(
                refused.lines.map(\.message)
                    == ["the event id e1 belongs to another event: edit it"])
            #expect(
                try await fixture.texts(
                    "SELECT state || ' ' || event_id || ' ' || convert_from(payload, 'UTF8') "
                        + "FROM dead_letter_queue") == ["OPEN e2 \(wrong.value)"])
            #expect(try await fixture.count("SELECT count(*) FROM dead_letter_history") == 0)
            let free = Array(Events.created("e3", "B").value.utf8)
            #expect(try await ana.editLetter(id, payload: free, reason: "y").done == 1)
            // The new id is claimed: whoever brings it again with another content is told so.
            try await fixture.apply([Events.created("e3", "C")])
            #expect(
                try await fixture.texts("SELECT reason FROM dead_letter_queue ORDER BY id")
                    == ["invalid", "event_id_reused"])
            #expect(
                try await fixture.texts(
                    "SELECT external_service_code FROM service_catalog ORDER BY 1") == ["A", "B"])
            #expect(try await fixture.imbalances() == [])
            await ana.close()
        }
    }

    @Test("an edit that is still wrong leaves the letter open with the new payload and reason")
    func editStillWrong() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([(key: "k", value: "{")])
            let ana = fixture.operations()
            let id = try await Self.letter(fixture)
            let report = try await ana.editLetter(id, payload: Array("[]".utf8), reason: "x")
            #expect(report.lines.map(\.result) == [.failed])
            #expect(
                try await fixture.texts(
                    "SELECT state || ' ' || convert_from(payload, 'UTF8') || ' ' || error_message "
                        + "FROM dead_letter_queue")
                    == ["OPEN [] the value is a list, an object was expected"])
            #expect(try await fixture.imbalances() == [])
            await ana.close()
        }
    }

    @Test("a retried letter that is a breaking change is held, and resolved as a letter")
    func held() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([
                Events.created("e1", "A", at: "2025-01-01T00:00:00Z"),
                Events.event(
                    "e2", "updated", "A", at: "2025-01-02T00:00:00Z", #""scopeIncluded":"a""#),
            ])
            let ana = fixture.operations()
            let payload = Array(
                Events.event(
                    "e2", "updated", "A", at: "2025-01-02T00:00:00Z", #""scopeIncluded":["a"]"#
                ).value.utf8)
            let id = try await Self.letter(fixture)
            #expect(
                try await ana.editLetter(id, payload: payload, reason: "list").lines
                    .map(\.message) == ["A: a breaking change, it waits for review"])
            #expect(try await fixture.count("SELECT count(*) FROM review_items") == 1)
            #expect(try await fixture.imbalances() == [])
            await ana.close()
        }
    }
}
