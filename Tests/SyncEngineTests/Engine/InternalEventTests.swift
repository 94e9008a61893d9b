import Foundation
import Kafka
import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Internal events", .timeLimit(.minutes(5)))
struct InternalEventTests {
    /// `topic key version status fields source` of each, in the order in which they are published.
    private static let told = """
        SELECT topic || ' ' || convert_from(message_key, 'UTF8') || ' ' || (v->>'row_version') || ' '
               || (v->>'status') || ' ' || (v->>'changed_fields') || ' ' || (v->'source'->>'kind')
        FROM (SELECT *, convert_from(value, 'UTF8')::jsonb AS v FROM outbox
              WHERE breaker_key LIKE 'kafka:internal:%') AS o
        ORDER BY id
        """

    private static func with(
        isolation: isolated (any Actor)? = #isolation,
        _ body: (ApplyFixture) async throws -> Void
    ) async throws {
        try await ApplyFixture.with(internalTopics: InternalTopics(), body)
    }

    private static func update(_ id: String, _ code: String, day: Int, _ data: String)
        -> (key: String, value: String)
    {
        Events.event(id, "updated", code, at: "2025-01-0\(day)T00:00:00Z", data)
    }

    @Test("every change of a service is told once, in its order, with what stands in its row")
    func events() async throws {
        try await Self.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([
                Events.created("e1", "A", at: "2025-01-01T00:00:00Z"),
                Events.created("e2", "B", at: "2025-01-01T00:00:00Z"),
            ])
            try await fixture.apply([
                Self.update("e3", "A", day: 2, #""estimatedDuration":60,"complexity":"LOW""#)
            ])
            // Says what is known already: nobody hears of it.
            try await fixture.apply([Self.update("e4", "A", day: 3, #""complexity":"LOW""#)])
            try await fixture.apply([
                Events.event("e5", "deprecated", "B", at: "2025-01-03T00:00:00Z"),
                Self.update("e6", "A", day: 4, #""scopeIncluded":["a"]"#),
            ])
            let changed = #"["estimated_duration_minutes", "estimated_complexity"]"#
            let told = try await fixture.texts(Self.told)
            #expect(told.count == 5)
            #expect(told[0].hasPrefix("catalog.service.created A 1 ACTIVE "))
            #expect(told[1].hasPrefix("catalog.service.created B 1 ACTIVE "))
            #expect(told[2] == "catalog.service.updated A 2 ACTIVE \(changed) event")
            #expect(
                Set(told[3...]) == [
                    "catalog.service.deprecated B 2 DEPRECATED "
                        + #"["status", "effective_to", "deprecated_reason"] event"#,
                    #"catalog.service.change_held A 2 ACTIVE ["scope_included"] event"#,
                ])
            // What the database alone knows, and ids that are each one's own.
            #expect(
                try await fixture.count(
                    """
                    SELECT count(DISTINCT v->>'event_id')
                    FROM (SELECT convert_from(value, 'UTF8')::jsonb AS v, topic FROM outbox) AS o
                    JOIN service_catalog s
                      ON s.external_service_code = v->>'external_service_code'
                     AND s.fsm_service_code = v->>'fsm_service_code'
                     AND s.country_code = v->>'country_code'
                    WHERE v->>'event_type' = topic AND v->>'event_timestamp' LIKE '20%Z'
                    """) == 5)
        }
    }

    @Test("a service that was created and deprecated in one batch is told as both")
    func createdAndDeprecated() async throws {
        try await Self.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([
                Events.created("e1", "A", at: "2025-01-01T00:00:00Z"),
                Events.event("e2", "deprecated", "A", at: "2025-01-02T00:00:00Z"),
            ])
            let told = try await fixture.texts(Self.told)
            #expect(
                told.map { $0.prefix(30) } == [
                    "catalog.service.created A 2 DE", "catalog.service.deprecated A 2",
                ])
        }
    }

    @Test("decisions are told with what they changed; what a refused write undid is not told")
    func decisions() async throws {
        try await Self.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([
                Events.created("a1", "A", at: "2025-01-01T00:00:00Z"),
                Events.created("b1", "B", at: "2025-01-01T00:00:00Z"),
            ])
            try await fixture.apply([
                Self.update("a2", "A", day: 2, #""scopeIncluded":["a"]"#),
                Self.update("b2", "B", day: 2, #""scopeIncluded":["a"]"#),
            ])
            try await fixture.run("DELETE FROM outbox")
            let ana = fixture.operations()
            let ids = try await fixture.texts(
                "SELECT id::text FROM review_items ORDER BY service_code"
            ).compactMap { Int64($0) }
            _ = try await ana.approve([ReviewTarget(id: ids[0])], reason: "fine")
            _ = try await ana.reject([ReviewTarget(id: ids[1])], reason: "no")
            await ana.close()
            #expect(
                try await fixture.texts(Self.told) == [
                    #"catalog.service.change_approved A 2 ACTIVE ["scope_included"] review"#,
                    #"catalog.service.updated A 2 ACTIVE ["scope_included"] review"#,
                    #"catalog.service.change_rejected B 1 ACTIVE ["scope_included"] review"#,
                ])
            try await fixture.run("DELETE FROM outbox")
            try await fixture.run(Refusal.install("NEW.estimated_duration_minutes = 66"))
            try await fixture.apply([
                Self.update("b3", "B", day: 3, #""estimatedDuration":66"#),
                Self.update("a3", "A", day: 3, #""estimatedDuration":60"#),
            ])
            #expect(
                try await fixture.texts(Self.told) == [
                    #"catalog.service.updated A 3 ACTIVE ["estimated_duration_minutes"] event"#
                ])
        }
    }

    @Test("nothing is told where it is off, and what a dry run would do is told to nobody")
    func off() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([Events.created("e1", "A")])
            #expect(try await fixture.count("SELECT count(*) FROM outbox") == 0)
        }
        try await Self.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([Events.created("e1", "A")])
            try await fixture.run("UPDATE service_catalog SET estimated_duration_minutes = 9")
            let ana = fixture.operations()
            let id = Int64(try await fixture.count("SELECT id FROM service_catalog_event_log"))
            for isDryRun in [true, false] {
                _ = try await ana.replay(
                    [id],
                    ReplayOrder(isDryRun: isDryRun, overridesStale: false, reason: "a test"))
                #expect(
                    try await fixture.count("SELECT count(*) FROM outbox") == (isDryRun ? 1 : 2))
            }
            await ana.close()
            #expect(
                try await fixture.texts(Self.told).last
                    == #"catalog.service.updated A 2 ACTIVE ["estimated_duration_minutes"] replay"#)
        }
    }

    @Test("somebody hears of a deprecation with open orders, and of each change that waits")
    func notices() async throws {
        try await Self.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([
                Events.created("a1", "A", at: "2025-01-01T00:00:00Z"),
                Events.created("b1", "B", at: "2025-01-01T00:00:00Z"),
                Events.created("c1", "C", at: "2025-01-01T00:00:00Z"),
            ])
            try await fixture.run(
                """
                INSERT INTO service_order (service_id, status)
                SELECT id, s FROM service_catalog,
                       unnest(ARRAY['SCHEDULED', 'IN_PROGRESS', 'COMPLETED']) AS s
                WHERE external_service_code IN ('A', 'C')
                """)
            try await fixture.apply([
                Events.event(
                    "a2", "deprecated", "A", at: "2025-01-02T00:00:00Z",
                    #""replacementServiceCode":"B""#),
                Events.event("b2", "deprecated", "B", at: "2025-01-02T00:00:00Z"),
                Self.update("c2", "C", day: 2, #""scopeIncluded":["a"]"#),
            ])
            #expect(
                try await fixture.texts(
                    """
                    SELECT kind || ' ' || severity || ' ' || subject_type || ' ' || title || ' '
                           || source_system || ' '
                           || coalesce(details->>'active_orders', details->>'impact_active_orders')
                           || ' ' || coalesce(details->>'replacement_service_code', '-')
                    FROM notices ORDER BY kind
                    """) == [
                        "deprecated_with_active_orders WARNING service "
                            + "A was deprecated with 2 active orders PYXIS 2 B",
                        "review_opened WARNING review "
                            + "a change of C waits for review: scope_reduced PYXIS 2 -",
                    ])
        }
    }
}
