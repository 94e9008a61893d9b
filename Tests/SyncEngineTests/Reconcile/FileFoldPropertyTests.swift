import Testing

import struct Probes.Timestamp

@testable import SyncEngine

@Suite("Any row over any service")
struct FileFoldPropertyTests {
    private typealias Fixture = ReconcileFixture

    /// What a run over one random row came to.
    private struct Trial {
        let row: FileRow
        let entity: EntityState
        let decision: RowDecision
    }

    private static func trial(_ catalog: inout RandomCatalog) -> Trial {
        let stored = catalog.content()
        var listed = catalog.chance(15) ? catalog.content() : stored
        for _ in 0..<catalog.number(below: 4) { listed = changed(listed, &catalog) }
        let fields = ServiceFieldSet(
            Fixture.fileFields.fields.filter { _ in catalog.chance(85) } + [.countryCode])
        let row = Fixture.row(
            listed, fields: fields,
            languages: Set(RandomCatalog.languages.filter { _ in catalog.chance(70) }))
        var entity = Fixture.entity(
            catalog.chance(90) ? stored : nil,
            decidedAt: Fixture.asOf.advanced(by: .seconds(catalog.number(below: 10) - 8)))
        if catalog.chance(20), entity.snapshot != nil, stored.status == .active {
            entity.openReview = Fixture.review(changed(stored, &catalog))
        }
        return Trial(row: row, entity: entity, decision: Fixture.decide(row, entity))
    }

    /// A text that is empty is none, as where files and events are read.
    private static func changed(
        _ content: ServiceContent, _ catalog: inout RandomCatalog
    ) -> ServiceContent {
        var content = catalog.changed(content)
        for texts in [\ServiceContent.nameI18n, \.descriptionI18n, \.shortDescriptionI18n] {
            content[keyPath: texts] = content[keyPath: texts].filter { !$0.value.isEmpty }
        }
        return content
    }

    @Test("comes to rest: what a run leaves, the next run over the same file finds in order")
    func rests() {
        var catalog = RandomCatalog(seed: 7)
        var seen: [DriftOutcome: Int] = [:]
        for _ in 0..<3_000 {
            let trial = Self.trial(&catalog)
            let decision = trial.decision
            if let outcome = decision.outcome.driftOutcome { seen[outcome, default: 0] += 1 }
            let left = decision.applied(to: trial.entity)
            let again = Fixture.decide(trial.row, left)
            switch decision.outcome {
            case .created, .corrected, .same:
                #expect(again.outcome == .same)
                #expect(again.write == nil)
            case .held: #expect(again.outcome == .held(isNew: false))
            case .newer, .failed: #expect(again.outcome == decision.outcome)
            case .rejected, .orphaned, .passed: Issue.record("\(decision.outcome)")
            }
        }
        for outcome in [DriftOutcome.created, .corrected, .held, .newer] {
            #expect(seen[outcome, default: 0] > 20, "\(outcome) is hardly ever tried")
        }
    }

    @Test("asks for nothing that an approval does not settle, and a refusal does not silence")
    func decided() throws {
        var catalog = RandomCatalog(seed: 8)
        var count = 0
        while count < 300 {
            let trial = Self.trial(&catalog)
            guard trial.decision.outcome == .held(isNew: true), trial.entity.openReview == nil,
                let snapshot = trial.entity.snapshot
            else { continue }
            count += 1
            var held = trial.decision.applied(to: trial.entity)
            let item = try #require(held.openReview)
            held.openReview = nil
            var approved = held
            approved.snapshot =
                ReviewDecision.approve(
                    item, of: snapshot, by: "ana", canonicalForm: Fixture.context().canonicalForm
                ).snapshot
            #expect(Fixture.decide(trial.row, approved).outcome == .same)
            var refused = held
            refused.refused = ReviewDecision.reject(
                item, canonicalForm: Fixture.context().canonicalForm)
            let again = Fixture.decide(trial.row, refused, refused: item.proposed)
            #expect(again.outcome == .rejected)
        }
    }

    @Test("counts each row once")
    func counts() {
        var catalog = RandomCatalog(seed: 9)
        var counts = RunCounts()
        var halves = (RunCounts(), RunCounts())
        for number in 0..<1_000 {
            let outcome = Self.trial(&catalog).decision.outcome
            counts.count(outcome)
            if number.isMultiple(of: 2) {
                halves.0.count(outcome)
            } else {
                halves.1.count(outcome)
            }
        }
        #expect(counts.matched + counts.created + counts.failed == 1_000)
        #expect(counts.drifted == counts.updated + counts.held)
        #expect(counts.drifted + counts.newer <= counts.matched)
        #expect(counts == halves.0 + halves.1)
    }
}
