import Postgres
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Two people for what many orders use", .timeLimit(.minutes(5)))
struct TwoPersonRuleTests {
    @Test(
        "who may apply it",
        arguments: [
            (49, nil, "ana", false, .apply), (49, nil, "ana", true, .apply),
            (50, nil, "ana", false, .noteFirst), (50, "bob", "ana", false, .apply),
            (50, "bob", "ana", true, .apply), (50, nil, "ana", true, .breakGlass),
            (50, "ana", "ana", true, .breakGlass),
        ] as [(Int64, String?, String, Bool, TwoPersonRule.Decision)])
    func decisions(
        orders: Int64, first: String?, person: String, glass: Bool, decision: TwoPersonRule.Decision
    ) {
        #expect(
            TwoPersonRule().decide(
                activeOrders: orders, firstApprover: first, by: person, breaksGlass: glass)
                == decision)
    }

    @Test("the same person twice is refused")
    func twice() {
        guard
            case .refuse = TwoPersonRule().decide(
                activeOrders: 50, firstApprover: "ana", by: "ana", breaksGlass: false)
        else {
            Issue.record("one person approved twice")
            return
        }
    }

    /// A service that 60 active orders use, with an open item.
    private static func hold(_ fixture: ApplyFixture) async throws -> ReviewTarget {
        try await fixture.apply([Events.created("A1", "A", at: "2025-01-01T00:00:00Z")])
        try await fixture.run(
            """
            INSERT INTO service_order (service_id, status)
            SELECT s.id, 'SCHEDULED' FROM service_catalog s, generate_series(1, 60)
            """)
        try await change(fixture, "A2", day: 2, scope: #"["a"]"#)
        return try await openItem(fixture)
    }

    private static func change(
        _ fixture: ApplyFixture, _ event: String, day: Int, scope: String
    ) async throws {
        try await fixture.apply([
            Events.event(
                event, "updated", "A", at: "2025-01-0\(day)T00:00:00Z",
                #""scopeIncluded":\#(scope)"#)
        ])
    }

    private static func openItem(_ fixture: ApplyFixture) async throws -> ReviewTarget {
        let row = try await fixture.connection.query(
            "SELECT id, service_row_version FROM review_items WHERE state = 'OPEN'"
        ).only()
        return ReviewTarget(id: try row.int(0), serviceRowVersion: try row.int(1))
    }

    private static func state(_ fixture: ApplyFixture) async throws -> [String] {
        try await fixture.texts(
            """
            SELECT concat_ws(' ', r.state, 'first', coalesce(first_approver, '-'), 'by',
                   coalesce(decided_by, '-'), s.scope_included)
            FROM review_items r JOIN service_catalog s ON s.id = r.service_id ORDER BY r.id
            """)
    }

    @Test("the first approval applies nothing, a second person's applies it")
    func twoPeople() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let item = try await Self.hold(fixture)
            let (ana, bob) = (fixture.operations("ana"), fixture.operations("bob"))
            #expect(
                try await ana.approve([item], reason: "one").lines.map(\.message) == [
                    "A: first of two approvals; 60 active orders use it, so a second person must "
                        + "approve it too"
                ])
            #expect(try await Self.state(fixture) == [#"OPEN first ana by - ["a", "b"]"#])
            #expect(try await ana.approve([item], reason: "again").refused == 1)
            #expect(try await bob.approve([item], reason: "two").done == 1)
            #expect(try await Self.state(fixture) == [#"APPROVED first ana by bob ["a"]"#])
            #expect(try await ana.approve([item], reason: "late").refused == 1)
            #expect(
                try await fixture.texts(
                    "SELECT operator || ' ' || action || ' ' || result FROM audit_log ORDER BY id")
                    == [
                        "ana review.approve done", "ana review.approve refused",
                        "bob review.approve done", "ana review.approve refused",
                    ])
            #expect(
                try await fixture.count(
                    "SELECT count(*) FROM notices WHERE kind <> 'review_opened'") == 0)
            #expect(try await fixture.imbalances() == [])
            await ana.close()
            await bob.close()
        }
    }

    @Test("one person may reject, also what needs two")
    func rejecting() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let item = try await Self.hold(fixture)
            let (ana, bob) = (fixture.operations("ana"), fixture.operations("bob"))
            _ = try await ana.approve([item], reason: "one")
            #expect(try await bob.reject([item], reason: "no").done == 1)
            #expect(try await Self.state(fixture) == [#"REJECTED first ana by bob ["a", "b"]"#])
            await ana.close()
            await bob.close()
        }
    }

    @Test("a first approval does not count for what takes the item's place")
    func superseded() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let item = try await Self.hold(fixture)
            let (ana, bob) = (fixture.operations("ana"), fixture.operations("bob"))
            _ = try await ana.approve([item], reason: "one")
            try await Self.change(fixture, "A3", day: 3, scope: "[]")
            #expect(try await bob.approve([item], reason: "two").refused == 1)
            let next = try await Self.openItem(fixture)
            #expect(
                try await bob.approve([next], reason: "new").lines[0].message.hasPrefix(
                    "A: first of two approvals"))
            #expect(try await ana.approve([next], reason: "seen").done == 1)
            #expect(
                try await Self.state(fixture) == [
                    "SUPERSEDED first ana by SYNC_JOB []", "APPROVED first bob by ana []",
                ])
            await ana.close()
            await bob.close()
        }
    }

    @Test("orders that came after it was held count too")
    func laterOrders() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let item = try await Self.hold(fixture)
            try await fixture.run("UPDATE review_items SET impact_active_orders = 1")
            let ana = fixture.operations("ana")
            _ = try await ana.approve([item], reason: "one")
            #expect(try await Self.state(fixture) == [#"OPEN first ana by - ["a", "b"]"#])
            await ana.close()
        }
    }

    @Test("an admin alone breaks the glass: applied at once, told to everybody, looked at again")
    func breakGlass() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let item = try await Self.hold(fixture)
            let bob = fixture.operations("bob")
            let eve = fixture.operations("eve", role: .admin)
            #expect(
                try await bob.approve([item], reason: "x", breaksGlass: true).lines[0].message
                    == "bob is operator; this needs admin")
            #expect(try await eve.approve([item], reason: "fire", breaksGlass: true).done == 1)
            #expect(try await Self.state(fixture) == [#"APPROVED first - by eve ["a"]"#])
            #expect(
                try await fixture.texts(
                    "SELECT kind || ' ' || severity || ' ' || subject_id || ': ' || title "
                        + "FROM notices WHERE kind <> 'review_opened'") == [
                        "break_glass_used CRITICAL \(item.id): eve broke the glass: A is changed, "
                            + "which 60 active orders use"
                    ])
            #expect(try await eve.lookAgain([item.id], reason: "mine").refused == 1)
            #expect(try await bob.lookAgain([item.id], reason: "fine").done == 1)
            #expect(
                try await bob.lookAgain([item.id], reason: "again").lines[0].message
                    == "bob has looked already")
            #expect(
                try await fixture.texts(
                    "SELECT operator || ' ' || action || ' ' || result FROM audit_log ORDER BY id")
                    == [
                        "bob review.break_glass refused", "eve review.break_glass done",
                        "eve review.look refused", "bob review.look done",
                        "bob review.look refused",
                    ])
            await bob.close()
            await eve.close()
        }
    }

    @Test("a second look is asked for once, at nine the next day, unless somebody has looked")
    func secondLookDue() async throws {
        try await KeepingFixture.with { fixture in
            // In Auckland it was 23:00 the day before yesterday, and one o'clock yesterday.
            try await fixture.run(
                """
                INSERT INTO service_catalog (id, external_service_code, external_system_source,
                    fsm_service_code, service_type, service_category, country_code, sync_checksum,
                    created_by, updated_by)
                VALUES (1, 'A', 'P', 'F', 't', 'c', 'ES', '-', 'x', 'x');
                INSERT INTO review_items (id, service_code, service_id, service_row_version, state,
                    reasons, current_content, proposed_content, changes, proposed_checksum, origin,
                    origin_ref, decided_by, glass_broken_at, second_look_at)
                SELECT n, 'A', 1, 1, 'APPROVED', '{}', '{}', '{}', '[]', '-', 'event', '{}', 'eve',
                    at, seen
                FROM (VALUES (1, now() - interval '40 hours', NULL::timestamptz),
                             (2, now() - interval '40 hours', now()),
                             (3, now(), NULL), (4, NULL, NULL)) v (n, at, seen)
                """)
            let duty = SecondLooks(
                session: fixture.session, timeZone: "Pacific/Auckland", log: .silent)
            for _ in 0..<2 { try await duty.carryOut(fixture.term) }
            #expect(
                try await fixture.texts("SELECT kind || ' ' || subject_id FROM notices")
                    == ["second_look_due 1"])
            try await fixture.run("UPDATE review_items SET second_look_asked_at = NULL")
            try await fixture.lead(engine: 2, fencing: 2)
            await #expect(throws: LeadershipLost.self) { try await duty.carryOut(fixture.term) }
            #expect(try await fixture.count("SELECT count(*) FROM notices") == 1)
        }
    }

    @Test(
        "an operator's process killed in the middle of an approval has changed nothing",
        arguments: ["review_between_writes", "review_before_commit"])
    func killed(point: String) async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let item = try await Self.hold(fixture)
            let bob = fixture.operations("bob")
            _ = try await bob.approve([item], reason: "one")
            let before = try await Self.state(fixture)
            try await withTemporaryFolder { folder in
                let child = try ChildTest.spawn(
                    "approves and dies", function: "TwoPersonRuleTests/child",
                    environment: [
                        "SYNCCONSOLE_FAILPOINT=\(point)",
                        "SYNCCONSOLE_TEST_DATABASE=\(fixture.database.url)",
                        "SYNCCONSOLE_TEST_ITEM=\(item.id)",
                    ], log: "\(folder)/log")
                let status = try #require(await child.ended())
                #expect(status & 0x7f == 9, "it was to be killed")
            }
            #expect(try await Self.state(fixture) == before)
            #expect(try await fixture.count("SELECT count(*) FROM audit_log") == 1)
            #expect(try await fixture.imbalances().isEmpty)
            let ana = fixture.operations("ana")
            #expect(try await ana.approve([item], reason: "two").done == 1)
            #expect(try await fixture.imbalances().isEmpty)
            await ana.close()
            await bob.close()
        }
    }

    @Test(
        "(what `killed` kills)", .enabled(if: ChildTest.isRunning("approves and dies")))
    func child() async throws {
        let url = try #require(ChildTest.variable("SYNCCONSOLE_TEST_DATABASE"))
        let id = try #require(ChildTest.variable("SYNCCONSOLE_TEST_ITEM").flatMap { Int64($0) })
        let operations = Operations(
            settings: PostgresSettings(url: url),
            operator: Operator(name: "ana", actingFor: nil, role: .operator, evidence: [:]),
            context: ApplyContext(canonicalForm: CanonicalForm(), now: { .init(microseconds: 0) }))
        _ = try await operations.approve([ReviewTarget(id: id)], reason: "two")
        await operations.close()
    }
}
