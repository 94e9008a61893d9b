import Probes
import Testing

@testable import SyncEngine

@Suite("What other systems hear of a run", .timeLimit(.minutes(5)))
struct RunTellingTests {
    /// `topic key version status fields kind run` of each, in the order in which they are published.
    private static func told(_ fixture: RunFixture) async throws -> [String] {
        try await fixture.events.texts(
            """
            SELECT concat_ws(' ', substr(topic, 17), v->>'external_service_code', v->>'row_version',
                       v->>'status', v->'source'->>'kind', v->'source'->>'run',
                       v->'source'->>'file', v->'source'->>'reverted_run',
                       CASE WHEN topic NOT LIKE '%.created' THEN v->>'changed_fields' END)
            FROM (SELECT *, convert_from(value, 'UTF8')::jsonb AS v FROM outbox) AS o
            WHERE breaker_key = 'kafka:internal:' || substr(topic, 17)
              AND v->>'event_type' = topic AND message_key = convert_to(
                  v->>'external_service_code', 'UTF8')
            ORDER BY id
            """)
    }

    /// A catalog, and a file that corrects A, agrees with B, breaks C, creates D and lacks E.
    private static func with(
        isolation: isolated (any Actor)? = #isolation,
        _ body: (RunFixture) async throws -> Void
    ) async throws {
        try await RunFixture.with(deprecatesOrphans: true, internalTopics: InternalTopics()) {
            (fixture: RunFixture) async throws in
            try await fixture.events.apply([
                RunFixture.event("e1", "A"), RunFixture.event("e2", "B"),
                RunFixture.event("e3", "C", scope: #"["a","b","c"]"#),
                RunFixture.event("e5", "E"),
            ])
            try fixture.write([
                RunFixture.row("A", duration: "90"), RunFixture.row("B"), RunFixture.row("C"),
                RunFixture.row("D"),
            ])
            try await fixture.events.run("DELETE FROM outbox")
            try await body(fixture)
        }
    }

    private static func revert(
        _ id: Int64, _ fixture: RunFixture, dryRun: Bool = false
    ) async throws -> Int64 {
        let report = try await fixture.events.operations()
            .revertRun(id, dryRun: dryRun, reason: "wrong file")
        let reverting = try #require(Int64(report.lines[0].id), "\(report.lines[0].message)")
        try await fixture.settled(reverting)
        return reverting
    }

    private static let ended = #"["status", "effective_to", "deprecated_reason"]"#

    @Test(
        "corrections, creations, deprecations and what waits are told once, with the run and file")
    func file() async throws {
        try await Self.with { (fixture: RunFixture) async throws in
            let rehearsed = try await fixture.reconcile(dryRun: true)
            #expect(try await fixture.figures(rehearsed).hasPrefix("PARTIAL_SUCCESS"))
            #expect(try await Self.told(fixture) == [])
            let id = try await fixture.reconcile()
            let from = "file \(id) services.csv"
            #expect(
                try await Self.told(fixture).sorted() == [
                    #"change_held C 1 ACTIVE \#(from) ["scope_included"]"#,
                    "created D 1 ACTIVE \(from)",
                    "deprecated E 2 DEPRECATED \(from) \(Self.ended)",
                    #"updated A 2 ACTIVE \#(from) ["estimated_duration_minutes"]"#,
                ])
            // The same file again says nothing new.
            _ = try await fixture.reconcile()
            #expect(try await Self.told(fixture).count == 4)
        }
    }

    @Test("a revert is told service by service; one that is removed again, as that")
    func reverted() async throws {
        try await Self.with { (fixture: RunFixture) async throws in
            let id = try await fixture.reconcile()
            try await fixture.events.run("DELETE FROM outbox")
            _ = try await Self.revert(id, fixture, dryRun: true)
            #expect(try await Self.told(fixture) == [])
            let reverting = try await Self.revert(id, fixture)
            let from = "revert \(reverting) \(id)"
            #expect(
                try await Self.told(fixture).sorted() == [
                    #"deprecated D 2 REMOVED \#(from) ["status"]"#,
                    #"updated A 3 ACTIVE \#(from) ["estimated_duration_minutes"]"#,
                    "updated E 3 ACTIVE \(from) \(Self.ended)",
                ])
            #expect(
                try await fixture.services("row_version || ' ' || status") == [
                    "A 3 ACTIVE", "B 1 ACTIVE", "C 1 ACTIVE", "E 3 ACTIVE",
                ])
        }
    }

    @Test("a service that could not be removed again is not told as removed")
    func notRemoved() async throws {
        try await Self.with { (fixture: RunFixture) async throws in
            let id = try await fixture.reconcile()
            try await fixture.events.run("DELETE FROM outbox")
            try await fixture.events.run(
                """
                INSERT INTO service_order (service_id, status)
                SELECT id, 'SCHEDULED' FROM service_catalog WHERE external_service_code = 'D'
                """)
            let rehearsed = try await Self.revert(id, fixture, dryRun: true)
            let reverting = try await Self.revert(id, fixture)
            for run in [rehearsed, reverting] {
                #expect(
                    try await fixture.figures(run)
                        == "SUCCESS fetched=4 matched=4 drifted=3 updated=3 newer=1")
            }
            #expect(try await Self.told(fixture).allSatisfy { !$0.contains(" D ") })
            #expect(try await fixture.services("status").contains("D ACTIVE"))
        }
    }
}
