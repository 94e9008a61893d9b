import Testing

import struct Probes.Timestamp

@testable import SyncEngine

@Suite("What a revert restores")
struct RevertFoldTests {
    private typealias Fixture = ReconcileFixture

    private static let now = ReconcileFixture.moment("2025-01-18T09:00:00Z")

    private static func decide(
        _ recorded: RevertFold.Recorded, _ entity: EntityState
    ) -> RevertFold.Decision {
        RevertFold.decide(
            recorded, entity: entity, revertingRun: 99, operatorName: "ana", now: now,
            canonicalForm: Fixture.context().canonicalForm)
    }

    /// What the run that decided has written down of the service.
    private static func recorded(
        _ decision: RowDecision, of entity: EntityState, reviewID: Int64? = nil
    ) -> RevertFold.Recorded {
        var recorded = RevertFold.Recorded(
            code: entity.code, outcome: decision.outcome.driftOutcome ?? .corrected,
            rowVersion: decision.write?.snapshot.rowVersion, reviewID: reviewID)
        guard let before = decision.current else { return recorded }
        for field in decision.differing.fields {
            recorded.before.set(field) { $0.take(field, from: before) }
        }
        return recorded
    }

    private static func corrected() -> (RevertFold.Recorded, after: EntityState) {
        let entity = Fixture.entity()
        let decision = Fixture.decide(
            Fixture.row(Fixture.service { $0.estimatedDurationMinutes = 90 }), entity)
        return (recorded(decision, of: entity), decision.applied(to: entity))
    }

    @Test("the values from before, in the fields that were changed, by the person who asked")
    func restores() throws {
        let (recorded, after) = Self.corrected()
        guard case .restore(let write) = Self.decide(recorded, after) else {
            Issue.record("nothing is restored")
            return
        }
        #expect(write.kind == .update(expectedRowVersion: 5))
        #expect(write.snapshot.rowVersion == 6)
        #expect(write.snapshot.content.hasSameFields(as: Fixture.service))
        #expect(write.changed.fields == [.estimatedDurationMinutes])
        #expect(write.sourceUpdatedAt == Self.now)
        #expect(
            write.checksum
                == Fixture.context().canonicalForm.checksum(of: write.snapshot.content))
        #expect(
            write.snapshot.fieldOrigins[.estimatedDurationMinutes]
                == FieldOrigin(kind: .person, at: Self.now, operatorName: "ana", runID: 99))
        #expect(write.snapshot.fieldOrigins[.nameI18n] == Fixture.origins.common)
    }

    @Test("nothing of a service that somebody has touched since, or that is gone")
    func leaves() {
        let (recorded, after) = Self.corrected()
        var touched = after
        touched.snapshot?.rowVersion += 1
        #expect(Self.decide(recorded, touched) == .leave)
        var gone = after
        gone.snapshot = nil
        #expect(Self.decide(recorded, gone) == .leave)
        // What is recorded is what stands: there is nothing to write.
        var equal = recorded
        equal.before = ServicePatch()
        #expect(Self.decide(equal, after) == .leave)
    }

    @Test("a service that the run created goes again, if it is as the run left it")
    func removes() {
        let created = RevertFold.Recorded(
            code: "A", outcome: .created, rowVersion: 4, reviewID: nil)
        #expect(Self.decide(created, Fixture.entity()) == .remove(id: 1, rowVersion: 4))
        var older = created
        older.rowVersion = 3
        #expect(Self.decide(older, Fixture.entity()) == .leave)
    }

    @Test("an item that still waits is closed, by row and by absence; a decided one stays decided")
    func closes() {
        let open = Fixture.entity(review: Fixture.review(Fixture.service))
        for outcome in [DriftOutcome.held, .orphaned] {
            let held = RevertFold.Recorded(
                code: "A", outcome: outcome, rowVersion: nil, reviewID: 9)
            #expect(Self.decide(held, open) == .closeReview(9))
            #expect(Self.decide(held, Fixture.entity()) == .leave)
            var other = held
            other.reviewID = 8
            #expect(Self.decide(other, open) == .leave)
        }
        let listed = RevertFold.Recorded(
            code: "A", outcome: .orphaned, rowVersion: nil, reviewID: nil)
        #expect(Self.decide(listed, open) == .leave)
    }

    @Test("a service that was deprecated for being missing is active again")
    func returns() {
        let entity = Fixture.entity()
        let decision = OrphanFold.decide(
            entity: entity, isInUse: false, context: Fixture.context())
        guard
            case .restore(let write) = Self.decide(
                Self.recorded(decision, of: entity), decision.applied(to: entity))
        else {
            Issue.record("nothing is restored")
            return
        }
        #expect(write.snapshot.content == Fixture.service)
    }

    @Test("of any correction exactly what it changed")
    func any() {
        var catalog = RandomCatalog(seed: 5)
        var count = 0
        while count < 500 {
            let stored = catalog.content()
            let entity = Fixture.entity(stored)
            var listed = stored
            for _ in 0..<3 { listed = catalog.changed(listed) }
            let rules = ReviewRules(reasons: [])
            let decision = Fixture.decide(
                Fixture.row(listed, languages: ["es", "pl"]), entity, rules: rules)
            guard decision.outcome == .corrected else { continue }
            count += 1
            let after = decision.applied(to: entity)
            guard
                case .restore(let write) = Self.decide(Self.recorded(decision, of: entity), after)
            else {
                Issue.record("nothing is restored")
                continue
            }
            #expect(write.snapshot.content.hasSameFields(as: stored))
            #expect(write.changed == decision.differing)
        }
    }
}
