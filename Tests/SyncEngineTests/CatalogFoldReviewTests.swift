import Probes
import Testing

@testable import SyncEngine

@Suite("Catalog fold and reviews")
struct CatalogFoldReviewTests {
    @Test("a breaking update is held with its diff, and nothing is written")
    func holds() throws {
        let outcome = foldEvents([foldEvent(2, at: 20, ["scope_included": "a"])], storedService())
        #expect(outcome.words == ["held scope_reduced"])
        #expect(outcome.write == nil)
        #expect(outcome.mark?.timestamp == Timestamp(microseconds: 20_000_000))
        let item = try #require(outcome.openedReviews.first)
        #expect(item.baseRowVersion == 1)
        #expect(
            item.changes == [
                FieldChange(
                    field: "scope_included", before: #"["a","b"]"#, after: #"["a"]"#,
                    reasons: ["scope_reduced"])
            ])
        #expect(item.origins[.scopeIncluded]?.eventID == "evt_2")
    }

    @Test("a harmless event over an open item is applied whole, and the item is superseded")
    func appliesWhole() {
        let outcome = foldEvents(
            [
                foldEvent(2, at: 20, ["scope_included": "a", "business_unit": "NEW"]),
                foldEvent(3, at: 30, ["scope_included": "a|b|c"]),
            ], storedService())
        #expect(outcome.words == ["skipped superseded", "processed updated"])
        #expect(outcome.openedReviews.map(\.supersededBy) == [3])
        let snapshot = outcome.write?.snapshot
        #expect(snapshot?.content.scopeIncluded == ["a", "b", "c"])
        #expect(snapshot?.content.businessUnit == "NEW")
        #expect(snapshot?.fieldOrigins[.businessUnit]?.eventID == "evt_2")
        #expect(snapshot?.fieldOrigins[.scopeIncluded]?.eventID == "evt_3")
    }

    @Test("a stored item is superseded by a still breaking event, with its log row")
    func supersedesStored() {
        var state = storedService()
        let held = foldEvents([foldEvent(2, at: 20, ["scope_included": "a"])], state)
        state.mark = held.mark
        state.openReview = held.openedReviews.first.map {
            OpenReview(id: 7, proposed: $0.proposed, origins: $0.origins, logID: 2)
        }
        let outcome = foldEvents([foldEvent(3, at: 30, ["business_unit": "NEW"])], state)
        #expect(outcome.words == ["held scope_reduced"])
        #expect(
            outcome.supersededReview == SupersededReview(id: 7, logID: 2, supersededBy: 3))
        #expect(outcome.openedReviews.first?.proposed.scopeIncluded == ["a"])
        #expect(outcome.openedReviews.first?.proposed.businessUnit == "NEW")
    }

    @Test("a deprecation closes an open item and is applied")
    func deprecationCloses() {
        let outcome = foldEvents(
            [
                foldEvent(2, at: 20, ["scope_included": "a"]),
                foldEvent(3, "service.deprecated", at: 30),
            ],
            storedService())
        #expect(outcome.words == ["skipped superseded", "processed deprecated"])
        #expect(outcome.write?.snapshot.content.scopeIncluded == ["a", "b"])
    }

    @Test("a return after a deprecation is held; its proposal is active without an end")
    func returns() {
        let outcome = foldEvents(
            [
                foldEvent(2, "service.deprecated", at: 20),
                foldEvent(3, at: 30, ["business_unit": "B"]),
            ],
            storedService())
        #expect(outcome.words == ["processed deprecated", "held returns_after_deprecation"])
        let proposed = outcome.openedReviews.first?.proposed
        #expect(proposed?.status == .active)
        #expect(proposed?.effectiveTo == nil)
        #expect(proposed?.deprecatedReason == nil)
        #expect(outcome.openedReviews.first?.baseRowVersion == 2)
    }

    @Test("refused content is skipped until the source changes again")
    func remembersRefusal() {
        var state = storedService()
        var refusedContent = storedService().snapshot?.content ?? ServiceContent()
        refusedContent.scopeIncluded = ["a"]
        let refused = RefusedContent(
            checksum: foldTestForm.checksum(of: refusedContent), reviewID: 5)
        state.refused = refused
        let again = foldEvents([foldEvent(2, at: 20, ["scope_included": "a"])], state)
        #expect(again.words == ["skipped rejected"])
        #expect(again.refused == refused)
        #expect(again.mark?.timestamp == Timestamp(microseconds: 20_000_000))

        let changed = foldEvents(
            [
                foldEvent(2, at: 20, ["business_unit": "B"]),
                foldEvent(3, at: 30, ["scope_included": "a"]),
            ],
            state)
        #expect(changed.words == ["processed updated", "held scope_reduced"])
        #expect(changed.refused == nil)
    }

    @Test("an approval takes the proposal over and names the item and the person")
    func approves() {
        let held = foldEvents([foldEvent(2, at: 20, ["scope_included": "a"])], storedService())
        guard let opened = held.openedReviews.first, let current = storedService().snapshot else {
            return
        }
        let approval = ReviewDecision.approve(
            OpenReview(id: 7, proposed: opened.proposed, origins: opened.origins, logID: 2),
            of: current, by: "ana", canonicalForm: foldTestForm)
        #expect(approval.snapshot.content.scopeIncluded == ["a"])
        #expect(approval.snapshot.rowVersion == 2)
        #expect(approval.checksum == opened.checksum)
        let origin = approval.snapshot.fieldOrigins[.scopeIncluded]
        #expect(origin?.reviewID == 7 && origin?.operatorName == "ana" && origin?.logID == 2)
        #expect(approval.snapshot.fieldOrigins[.businessUnit]?.reviewID == nil)
    }
}
