import Postgres
import Probes
import Synchronization
import Testing

@testable import SyncEngine

@Suite("Replaying events")
struct ReplayTests {
    private static func order(
        dry: Bool = false, override: Bool = false
    ) -> ReplayOrder {
        ReplayOrder(isDryRun: dry, overridesStale: override, reason: "a test")
    }

    private static func replay(
        _ fixture: ApplyFixture, _ ids: [Int64], _ order: ReplayOrder = order(),
        role: Operator.Role = .operator
    ) async throws -> ReplayReport {
        let ana = fixture.operations("ana", role: role)
        let report = try await ana.replay(ids, order)
        await ana.close()
        return report
    }

    private static func words(_ report: ReplayReport) -> [String] {
        report.lines.map { "\($0.result) \($0.message)" }
    }

    private static func logID(_ fixture: ApplyFixture, _ eventID: String) async throws -> Int64 {
        Int64(
            try await fixture.count(
                "SELECT id FROM service_catalog_event_log WHERE event_id = '\(eventID)'"))
    }

    /// A line for each table: its rows, and what they hold.
    private static func digests(_ fixture: ApplyFixture) async throws -> [String] {
        var digests: [String] = []
        for table in [
            "service_catalog", "service_catalog_event_log", "processed_events", "entity_stream",
            "pending_events", "dead_letter_queue", "dead_letter_history", "outbox", "review_items",
            "audit_log", "event_replays", "notices", "consumer_offsets", "fsm_code_counters",
        ] {
            digests += try await fixture.texts(
                """
                SELECT '\(table) ' || count(*) || ' '
                       || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '-')
                FROM \(table) t
                """)
        }
        return digests
    }

    private static func update(_ id: String, _ code: String, day: Int, _ data: String)
        -> (key: String, value: String)
    {
        Events.event(id, "updated", code, at: "2025-01-0\(day)T00:00:00Z", data)
    }

    /// Service A, created and updated twice.
    private static func history(_ fixture: ApplyFixture) async throws {
        try await fixture.apply([
            Events.created("e1", "A", at: "2025-01-01T00:00:00Z"),
            update("e2", "A", day: 2, #""estimatedDuration":60"#),
            update("e3", "A", day: 3, #""complexity":"LOW""#),
        ])
    }

    @Test("what somebody has changed by hand is put right by the service's newest event")
    func repair() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await Self.history(fixture)
            try await fixture.run("UPDATE service_catalog SET estimated_complexity = 'HIGH'")
            let id = try await Self.logID(fixture, "e3")
            let report = try await Self.replay(fixture, [id])
            #expect(
                Self.words(report) == [
                    #"done A: updated: estimated_complexity "HIGH" to "LOW""#
                ])
            #expect(
                report.lines.map(\.changes) == [
                    [.init(field: "estimated_complexity", before: #""HIGH""#, after: #""LOW""#)]
                ])
            #expect(
                try await fixture.texts("SELECT estimated_complexity FROM service_catalog")
                    == ["LOW"])
            // The row says that it was decided twice; its first outcome stands in its history.
            #expect(
                try await fixture.texts(
                    """
                    SELECT event_id || ' ' || processing_status || ' ' || processing_attempts
                    FROM service_catalog_event_log ORDER BY id
                    """) == ["e1 PROCESSED 1", "e2 PROCESSED 1", "e3 PROCESSED 2"])
            #expect(
                try await fixture.texts(
                    """
                    SELECT operator || ' ' || reason || ' ' || status_before || ' '
                           || outcome_before || ' ' || attempts_before || ' ' || outcome
                    FROM event_replays
                    """) == ["ana a test PROCESSED updated 1 updated"])
            #expect(
                try await fixture.texts(
                    """
                    SELECT action || ' ' || target_type || ' ' || entity_id || ' ' || result || ' '
                           || (details->'changes'->0->>'field') FROM audit_log
                    """) == ["events.replay event A done estimated_complexity"])
            #expect(try await fixture.count("SELECT count(*) FROM processed_events") == 3)
            #expect(try await fixture.imbalances() == [])
        }
    }

    @Test("an older event is skipped as stale, said before and after; an admin may override that")
    func stale() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await Self.history(fixture)
            try await fixture.run("UPDATE service_catalog SET estimated_duration_minutes = 999")
            let id = try await Self.logID(fixture, "e2")
            let ana = fixture.operations("ana")
            let forecast = try await ana.forecastReplay([id])
            #expect(
                forecast.words == """
                    1 event of 1 service, 1 of them older than what was decided of their service \
                    since: skipped as stale, unless an admin overrides that
                    """)
            let log = try await fixture.log()
            let report = try await ana.replay([id], Self.order())
            #expect(
                Self.words(report) == [
                    "done A: skipped as stale, a newer event has been decided "
                        + "(2025-01-03T00:00:00.000000Z)"
                ])
            #expect(try await fixture.log() == log)
            #expect(
                Self.words(try await ana.replay([id], Self.order(override: true)))
                    == ["refused ana is operator; this needs admin"])
            await ana.close()
            let root = try await Self.replay(
                fixture, [id], Self.order(override: true), role: .admin)
            #expect(
                Self.words(root) == ["done A: updated: estimated_duration_minutes 999 to 60"])
            #expect(
                try await fixture.texts("SELECT action || ' ' || result FROM audit_log ORDER BY id")
                    == [
                        "events.replay done", "events.replay_override_stale refused",
                        "events.replay_override_stale done",
                    ])
            // What came later is not forgotten: the mark stays.
            #expect(
                try await fixture.texts(
                    "SELECT to_char(newest_decided_at AT TIME ZONE 'UTC', 'DD') FROM entity_stream")
                    == ["03"])
            #expect(try await fixture.imbalances() == [])
        }
    }

    @Test("a dry run shows what would happen to each event and field, and writes nothing")
    func dryRun() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await Self.history(fixture)
            try await fixture.apply([
                Events.created("e4", "B", at: "2025-01-01T00:00:00Z", scope: ["a", "b"])
            ])
            try await fixture.run(
                """
                UPDATE service_catalog SET estimated_complexity = 'HIGH',
                       scope_included = '["a", "b", "c"]'
                """)
            let ids = try await fixture.texts(
                "SELECT id::text FROM service_catalog_event_log ORDER BY id"
            ).compactMap { Int64($0) }
            let before = try await Self.digests(fixture)
            let report = try await Self.replay(fixture, ids, Self.order(dry: true))
            #expect(report.isDryRun)
            #expect(
                Self.words(report) == [
                    "done A: would be skipped as stale, a newer event has been decided "
                        + "(2025-01-03T00:00:00.000000Z)",
                    "done A: would be skipped as stale, a newer event has been decided "
                        + "(2025-01-03T00:00:00.000000Z)",
                    #"done A: would be updated: estimated_complexity "HIGH" to "LOW""#,
                    "done B: would be held for review (scope_reduced): "
                        + #"scope_included ["a","b","c"] to ["a","b"]"#,
                ])
            #expect(try await Self.digests(fixture) == before)
            // And then it happens exactly so.
            let real = try await Self.replay(fixture, ids)
            #expect(
                real.lines.map(\.changes) == report.lines.map(\.changes)
                    && real.lines.map(\.outcome) == report.lines.map(\.outcome))
            #expect(
                try await fixture.texts("SELECT service_code || ' ' || state FROM review_items")
                    == ["B OPEN"])
            #expect(try await fixture.imbalances() == [])
        }
    }

    @Test("what waits, what is a letter, what is held and what is gone is refused in words")
    func refusals() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await Self.history(fixture)
            try await fixture.apply([
                Events.event("d1", "deprecated", "C"),
                Events.created("h1", "H", at: "2025-01-01T00:00:00Z"),
                Self.update("h2", "H", day: 2, #""scopeIncluded":["a"]"#),
                (key: "x", value: "no event"),
                Events.event("i1", "created", "I", #""countryCode":7"#),
            ])
            try await fixture.run(
                "UPDATE service_catalog_event_log SET payload = NULL WHERE event_id = 'e1'")
            let ids = try await fixture.texts(
                "SELECT id::text FROM service_catalog_event_log ORDER BY id"
            ).compactMap { Int64($0) }
            let report = try await Self.replay(fixture, [ids[0]] + Array(ids[3...]) + [9_999])
            let held = try await fixture.count("SELECT id FROM review_items")
            let letter = try await fixture.count(
                "SELECT max(id) FROM dead_letter_queue WHERE entity_id = 'I'")
            #expect(
                report.lines.map { "\($0.serviceCode ?? "-") \($0.result): \($0.message)" } == [
                    "A refused: its payload is no longer kept",
                    "C refused: it waits to be decided as it is",
                    "H done: H: skipped as stale, a newer event has been decided "
                        + "(2025-01-02T00:00:00.000000Z)",
                    "H refused: it waits for review: decide item \(held)",
                    "I refused: it is dead letter \(letter): retry, edit or resolve that",
                    "- refused: no service could be read from it",
                    "- refused: the log does not have it, or not any more",
                ])
            #expect(
                try await fixture.count("SELECT count(*) FROM audit_log") == report.lines.count)
        }
    }

    @Test("a replay that fails leaves its event's row, its letter box and its service as they were")
    func failure() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await Self.history(fixture)
            try await fixture.run("UPDATE service_catalog SET estimated_complexity = 'HIGH'")
            try await fixture.run(Refusal.install("NEW.estimated_complexity = 'LOW'"))
            let log = try await fixture.log()
            let report = try await Self.replay(fixture, [try await Self.logID(fixture, "e3")])
            #expect(Self.words(report) == ["failed A: failed: refused for a test"])
            #expect(try await fixture.log() == log)
            #expect(try await fixture.count("SELECT count(*) FROM dead_letter_queue") == 0)
            #expect(try await fixture.count("SELECT count(*) FROM pending_events") == 0)
            #expect(try await fixture.imbalances() == [])
        }
    }

    @Test("many events are decided service by service in the order of the log, whatever was asked")
    func orderOfServices() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            for round in 1...3 {
                try await fixture.apply(
                    (0..<5).map { number in
                        round == 1
                            ? Events.created("c\(number)", "S\(number)", at: "2025-01-01T00:00:00Z")
                            : Self.update(
                                "u\(round)-\(number)", "S\(number)", day: round,
                                #""estimatedDuration":\#(round)"#)
                    })
            }
            try await fixture.run("UPDATE service_catalog SET estimated_duration_minutes = 999")
            let ids = try await fixture.texts(
                "SELECT id::text FROM service_catalog_event_log ORDER BY md5(id::text)"
            ).compactMap { Int64($0) }
            let report = try await Self.replay(
                fixture, ids + ids, Self.order(override: true), role: .admin)
            #expect(report.selected == 15 && report.lines.count == 15)
            for number in 0..<5 {
                let own = report.lines.filter { $0.serviceCode == "S\(number)" }
                #expect(own.map(\.id) == own.map(\.id).sorted())
                #expect(own.map(\.outcome) == ["updated", "updated", "updated"])
            }
            #expect(
                try await fixture.count(
                    "SELECT count(*) FROM service_catalog WHERE estimated_duration_minutes = 3")
                    == 5)
            #expect(try await fixture.imbalances() == [])
        }
    }

    @Test("a cancelled replay has done what it reports, and nothing else")
    func cancelled() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply(
                (0..<6).map { Events.created("c\($0)", "S\($0)", at: "2025-01-01T00:00:00Z") })
            try await fixture.run("UPDATE service_catalog SET estimated_duration_minutes = 999")
            let ids = try await fixture.texts(
                "SELECT id::text FROM service_catalog_event_log ORDER BY id"
            ).compactMap { Int64($0) }
            let ana = fixture.operations()
            let done = SyncCounter()
            let report = try await ana.replay(
                ids, Self.order(), isCancelled: { done.value >= 4 },
                progress: { done.set($0) })
            await ana.close()
            #expect(report.lines.count == 4 && report.notTried == 2)
            #expect(
                try await fixture.count(
                    "SELECT count(*) FROM service_catalog WHERE estimated_duration_minutes = 999")
                    == 2)
            #expect(try await fixture.count("SELECT count(*) FROM event_replays") == 4)
        }
    }
}

/// A number that closures of any thread share.
final class SyncCounter: Sendable {
    private let number = Mutex(0)

    var value: Int { number.withLock { $0 } }

    func set(_ value: Int) { number.withLock { $0 = value } }
}
