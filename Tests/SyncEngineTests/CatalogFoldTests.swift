import Probes
import Testing

@testable import SyncEngine

@Suite("Catalog fold")
struct CatalogFoldTests {
    @Test("the first event of a service creates it, whether created or updated")
    func creates() {
        for type in ["service.created", "service.updated"] {
            let outcome = foldEvents([foldEvent(1, type, at: 10, completeFields)])
            #expect(outcome.words == ["processed created"])
            #expect(outcome.write?.kind == .create(country: "ES", prefix: "HVAC"))
            #expect(outcome.write?.snapshot.rowVersion == 1)
            #expect(outcome.write?.snapshot.externalSystemSource == "PYXIS")
            #expect(outcome.mark?.timestamp == Timestamp(microseconds: 10_000_000))
        }
    }

    @Test("a creation without a country or a name is a dead letter and decides nothing")
    func incomplete() {
        for missing in ["country_code", "name_i18n"] {
            var fields = completeFields
            fields[missing] = nil
            let outcome = foldEvents([foldEvent(1, "service.created", at: 10, fields)])
            #expect(outcome.words == ["dead_lettered invalid"])
            #expect(outcome.write == nil)
            #expect(outcome.mark == nil)
        }
    }

    @Test("an unknown type or category is mapped to the default, with a warning")
    func unknownVocabulary() {
        var fields = completeFields
        fields["source_type"] = "teleport"
        fields["source_category"] = nil
        let outcome = foldEvents([foldEvent(1, "service.created", at: 10, fields)])
        #expect(outcome.write?.kind == .create(country: "ES", prefix: "OTHE"))
        #expect(
            outcome.decisions.first?.warnings == [
                "the type \"teleport\" is not known; taken as INSTALLATION",
                "the category is missing; taken as OTHER",
            ])
    }

    @Test("several harmless updates become one write with the last content")
    func batches() {
        let state = storedService()
        let outcome = foldEvents(
            [
                foldEvent(2, at: 20, ["business_unit": "A"], version: "2"),
                foldEvent(3, at: 30, ["business_unit": "B"], version: "3"),
                foldEvent(4, at: 40, ["business_unit": "B"]),
            ], state)
        #expect(
            outcome.words == ["processed updated", "processed updated", "processed unchanged"])
        #expect(outcome.write?.kind == .update(expectedRowVersion: 1))
        #expect(outcome.write?.snapshot.rowVersion == 3)
        #expect(outcome.write?.snapshot.content.businessUnit == "B")
        #expect(outcome.write?.snapshot.content.version == "3")
        #expect(outcome.write?.snapshot.fieldOrigins[.businessUnit]?.eventID == "evt_3")
        #expect(outcome.write?.snapshot.fieldOrigins[.nameI18n]?.eventID == "evt_1")
        #expect(outcome.write?.changed == ServiceFieldSet([.businessUnit]))
    }

    @Test("an event that changes nothing touches the row and moves the mark")
    func unchanged() {
        let outcome = foldEvents(
            [foldEvent(2, at: 20, ["scope_included": "a|b"], version: "7")], storedService())
        #expect(outcome.words == ["processed unchanged"])
        #expect(outcome.write?.kind == .touch)
        #expect(outcome.write?.snapshot.rowVersion == 1)
        #expect(outcome.write?.snapshot.content.version == "7")
        #expect(outcome.mark?.timestamp == Timestamp(microseconds: 20_000_000))
    }

    @Test(
        "older events are stale; a tie goes by offset within a partition",
        arguments: [
            (9, 0, 99, true), (10, 0, 4, true), (10, 0, 6, false), (10, 1, 4, false),
            (11, 0, 1, false),
        ] as [(Int64, Int32, Int64, Bool)])
    func staleness(time: Int64, partition: Int32, offset: Int64, isStale: Bool) {
        var late = HistoryEvent(
            logID: 2, type: "service.updated", time: time, partition: partition, offset: offset)
        late.fields = ["business_unit": "LATE"]
        let outcome = foldEvents([late], storedService())
        #expect(outcome.words == [isStale ? "skipped stale" : "processed updated"])
        if isStale { #expect(outcome.mark == storedService().mark) }
    }

    @Test("an admin's override applies an old event and leaves the mark where it was")
    func override() {
        var old = foldEvent(2, at: 3, ["business_unit": "OLD"])
        old.overridesStale = true
        let outcome = foldEvents([old], storedService())
        #expect(outcome.words == ["processed updated"])
        #expect(outcome.mark == storedService().mark)
    }

    @Test("an event from another system is a dead letter, not an update")
    func otherSource() {
        var foreign = foldEvent(2, at: 20, ["business_unit": "X"])
        foreign.source = "TEMPO"
        let outcome = foldEvents([foreign], storedService())
        #expect(outcome.words == ["dead_lettered source_mismatch"])
        #expect(outcome.write == nil)
        #expect(outcome.mark == storedService().mark)
    }

    @Test("an event of an unknown type is skipped and decides nothing")
    func unknownType() {
        let outcome = foldEvents([foldEvent(2, "service.renamed", at: 20)], storedService())
        #expect(outcome.words == ["skipped unknown_event_type"])
        #expect(outcome.mark == storedService().mark)
    }

    @Test("a deprecation ends the service at the event's time, with the seed's reason by default")
    func deprecates() {
        let outcome = foldEvents([foldEvent(2, "service.deprecated", at: 20)], storedService())
        #expect(outcome.words == ["processed deprecated"])
        let content = outcome.write?.snapshot.content
        #expect(content?.status == .deprecated)
        #expect(content?.effectiveTo == Timestamp(microseconds: 20_000_000))
        #expect(content?.deprecatedReason == "Deprecated by external system")
    }

    @Test("a second deprecation changes at most the reason, never the end")
    func deprecatesAgain() {
        var second = foldEvent(3, "service.deprecated", at: 30)
        second.reason = "merged"
        let outcome = foldEvents(
            [
                foldEvent(2, "service.deprecated", at: 20),
                foldEvent(4, "service.deprecated", at: 25),
                second,
            ],
            storedService())
        #expect(
            outcome.words == ["processed deprecated", "processed unchanged", "processed updated"])
        #expect(
            outcome.write?.snapshot.content.effectiveTo == Timestamp(microseconds: 20_000_000))
        #expect(outcome.write?.snapshot.content.deprecatedReason == "merged")
    }

    @Test("the deprecation of an unknown service waits, and all later events behind it")
    func waitsForCreation() {
        let outcome = foldEvents([
            foldEvent(1, "service.deprecated", at: 20),
            foldEvent(2, "service.created", at: 10, completeFields),
            foldEvent(3, "service.renamed", at: 30),
        ])
        #expect(outcome.words == ["retrying not_found 1", "parked", "parked"])
        #expect(outcome.blockedBy == 1)
        #expect(outcome.mark == nil)
    }

    @Test("new arrivals of a blocked service are parked")
    func parks() {
        var state = storedService()
        state.blockedBy = 99
        let outcome = foldEvents([foldEvent(2, at: 20, ["business_unit": "X"])], state)
        #expect(outcome.words == ["parked"])
        #expect(outcome.blockedBy == 99)
        #expect(outcome.write == nil)
    }

    @Test("draining puts the creation before the deprecation that overtook it")
    func drainsInOrderOfTime() {
        let outcome = foldEvents(
            [
                foldEvent(1, "service.deprecated", at: 20),
                foldEvent(2, "service.created", at: 10, completeFields),
                foldEvent(3, "service.updated", at: 15, ["business_unit": "X"]),
            ], EntityState(code: "SVC", blockedBy: 1), isDraining: true)
        #expect(
            outcome.words == ["processed deprecated", "processed created", "processed updated"])
        #expect(outcome.blockedBy == nil)
        #expect(outcome.write?.snapshot.content.status == .deprecated)
        #expect(outcome.write?.snapshot.content.businessUnit == "X")
    }

    @Test("the fourth failed attempt is a dead letter, and what waited behind goes on")
    func exhausts() {
        var head = foldEvent(1, "service.deprecated", at: 20).pending
        head.attempts = 3
        let next = foldEvent(2, "service.renamed", at: 30).pending
        let outcome = CatalogFold.fold(
            entity: EntityState(code: "SVC", blockedBy: 1), events: [head, next],
            context: foldContext(isDraining: true))
        #expect(outcome.words == ["dead_lettered not_found", "skipped unknown_event_type"])
        #expect(outcome.blockedBy == nil)
    }
}
