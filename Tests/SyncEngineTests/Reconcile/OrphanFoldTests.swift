import Testing

@testable import SyncEngine

@Suite("What a service becomes that the file lacks")
struct OrphanFoldTests {
    private typealias Fixture = ReconcileFixture

    private func decide(
        _ entity: EntityState = Fixture.entity(), refused: ServiceContent? = nil,
        isInUse: Bool = false, rules: ReviewRules = ReviewRules()
    ) -> RowDecision {
        OrphanFold.decide(
            entity: entity, refusedContent: refused, isInUse: isInUse,
            context: Fixture.context(rules: rules))
    }

    private static let deprecated = ReconcileFixture.service {
        $0.status = .deprecated
        $0.effectiveTo = ReconcileFixture.asOf
        $0.deprecatedReason = "Missing in the daily file"
    }

    @Test("it is deprecated as an event of the file's time would deprecate it")
    func deprecates() throws {
        let decision = decide()
        #expect(decision.outcome == .orphaned(.deprecated))
        let write = try #require(decision.write)
        #expect(write.kind == .update(expectedRowVersion: 4))
        #expect(write.snapshot.rowVersion == 5 && write.snapshot.content == Self.deprecated)
        #expect(write.changed.fields == [.status, .effectiveTo, .deprecatedReason])
        #expect(write.sourceUpdatedAt == Fixture.asOf)
        #expect(
            write.snapshot.fieldOrigins[.status]
                == FieldOrigin(kind: .correction, at: Fixture.asOf, runID: Fixture.runID))
        #expect(decision.mark == StreamMark(timestamp: Fixture.asOf, position: nil))
    }

    @Test("one that is not the file's to list, or that an event has touched since, is none")
    func passes() {
        let passed = [
            Fixture.entity(nil), Fixture.entity(system: "SAP"),
            Fixture.entity(Fixture.service { $0.countryCode = "FR" }),
            Fixture.entity(Fixture.service { $0.status = .deprecated }),
            Fixture.entity(decidedAt: Fixture.asOf.advanced(by: .microseconds(1))),
        ]
        for entity in passed {
            let decision = decide(entity)
            #expect(decision.outcome == .passed)
            #expect(decision.write == nil && decision.mark == entity.mark)
        }
        #expect(decide(Fixture.entity(decidedAt: Fixture.asOf)).outcome == .orphaned(.deprecated))
        #expect(decide(Fixture.entity(decidedAt: nil)).outcome == .orphaned(.deprecated))
    }

    @Test("one in use waits for a person, unless the rules say otherwise")
    func held() throws {
        let decision = decide(isInUse: true)
        #expect(decision.outcome == .orphaned(.held(isNew: true)))
        #expect(decision.write == nil)
        let opened = try #require(decision.opened)
        #expect(opened.reasons == [.deprecatedInUse])
        #expect(opened.current == Fixture.service && opened.proposed == Self.deprecated)
        // That it ends earlier is not held against a deprecation.
        #expect(
            opened.changes.map { "\($0.field) \($0.reasons)" } == [
                "status [\"deprecated_in_use\"]", "effective_to []", "deprecated_reason []",
            ])
        let rules = ReviewRules(reasons: [.endsEarlier])
        #expect(decide(isInUse: true, rules: rules).outcome == .orphaned(.deprecated))
    }

    @Test("an item that waits for this very thing is not opened again the next day")
    func again() {
        var yesterday = Self.deprecated
        yesterday.effectiveTo = Fixture.moment("2025-01-16T02:00:00Z")
        let waiting = Fixture.entity(review: Fixture.review(yesterday))
        let decision = decide(waiting, isInUse: true)
        #expect(decision.outcome == .orphaned(.held(isNew: false)))
        #expect(decision.opened == nil && decision.superseded == nil && decision.write == nil)
        // The last order has ended: nobody has to decide any more.
        let free = decide(waiting)
        #expect(free.outcome == .orphaned(.deprecated))
        #expect(free.superseded == waiting.openReview && free.write != nil)
        // The service itself has changed since it was asked about.
        yesterday.estimatedDurationMinutes = 10
        let moved = decide(Fixture.entity(review: Fixture.review(yesterday)), isInUse: true)
        #expect(moved.outcome == .orphaned(.held(isNew: true)))
        #expect(moved.superseded?.proposed == yesterday)
    }

    @Test("what a person refused stays active, until the service changes")
    func refused() {
        var refused = Self.deprecated
        refused.effectiveTo = Fixture.moment("2025-01-16T02:00:00Z")
        let entity = Fixture.entity(refused: refused)
        for isInUse in [true, false] {
            let decision = decide(entity, refused: refused, isInUse: isInUse)
            #expect(decision.outcome == .orphaned(.listed))
            #expect(decision.write == nil && decision.opened == nil)
            #expect(decision.refused == entity.refused)
        }
        var other = refused
        other.scopeIncluded = ["z"]
        #expect(
            decide(Fixture.entity(refused: other), refused: other).outcome
                == .orphaned(.deprecated))
        let cut = Fixture.service { $0.scopeIncluded = ["a"] }
        let deprecated = decide(Fixture.entity(refused: cut), refused: cut)
        #expect(deprecated.outcome == .orphaned(.deprecated) && deprecated.refused == nil)
    }

    @Test("a change that waits is overtaken: the deprecation is of the service as it stands")
    func overtakes() throws {
        let open = Fixture.review(Fixture.service { $0.scopeIncluded = ["a"] })
        let decision = decide(Fixture.entity(review: open))
        #expect(decision.superseded == open)
        #expect(decision.write?.snapshot.content == Self.deprecated)
        let held = decide(Fixture.entity(review: open), isInUse: true)
        #expect(held.superseded == open && held.opened?.proposed == Self.deprecated)
    }

    @Test("each counts as orphaned, and as what became of it")
    func counts() {
        var counts = RunCounts()
        for fate in [OrphanFate.listed, .deprecated, .deprecated, .held(isNew: false)] {
            counts.count(.orphaned(fate))
        }
        counts.count(.passed)
        var expected = RunCounts()
        expected.orphaned = 4
        expected.deprecated = 2
        expected.orphansHeld = 1
        #expect(counts == expected && counts.drifted == 0)
    }
}
