import Testing

@testable import Demo

/// Small histories written by hand, with the end that the design's rules give them.
@Suite("Demo model")
struct DemoModelTests {
    @Test("creates, and an update changes the fields that it names")
    func createAndUpdate() {
        let history = History()
        history.event("e1", "created", at: 1, data: History.service)
        history.event("e2", "updated", at: 2, data: ["estimatedDuration": 240], version: "2.1")
        #expect(
            history.outcomes == [
                .processed(effect: "created", warned: false),
                .processed(effect: "updated", warned: false),
            ])
        let columns = history.columns
        #expect(columns["estimated_duration_minutes"] == 240)
        #expect(columns["sync_version"] == "2.1")
        #expect(columns["name_i18n"] == ["en": "AC", "es": "Aire"])
        #expect(columns["effective_from"] == .integer(1_738_368_000_000_000))
        #expect(columns["effective_to"] == .null)
        #expect(columns["status"] == "ACTIVE")
    }

    @Test("null and an empty list empty a field, an absent key leaves it")
    func emptying() {
        let history = History()
        history.event("e1", "created", at: 1, data: History.service)
        history.event(
            "e2", "updated", at: 2,
            data: ["complexity": nil, "scopeExcluded": [], "requiresTechnicalVisit": nil])
        #expect(history.columns["estimated_complexity"] == .null)
        #expect(history.columns["scope_excluded"] == [])
        #expect(history.columns["requires_technical_visit"] == false)
        #expect(history.columns["scope_included"] == ["a", "b"])
    }

    @Test("the same id and bytes is a duplicate, the same id with other bytes a letter")
    func identity() {
        let history = History()
        history.event("e1", "created", at: 1, data: History.service)
        history.event("e1", "created", at: 1, data: History.service)
        history.event("e1", "updated", at: 2, data: ["complexity": "HIGH"])
        #expect(history.outcomes[1] == .duplicate)
        #expect(history.outcomes[2] == .deadLettered(reason: "event_id_reused", attempts: 1))
        #expect(history.columns["estimated_complexity"] == "LOW")
    }

    @Test("the id of a letter with other bytes is its correction")
    func correction() {
        let history = History()
        history.event("e1", "created", at: 1, data: History.service.without("countryCode"))
        history.event("e1", "created", at: 1, data: History.service)
        #expect(
            history.outcomes == [
                .deadLettered(reason: "invalid", attempts: 1),
                .processed(effect: "created", warned: false),
            ])
        #expect(history.model.letters.map(\.isResolved) == [true])
        #expect(history.model.totals.openLetters == 0)
    }

    @Test("an older event is stale, one of the same time goes by its offset")
    func staleness() {
        let history = History()
        history.event("e1", "created", at: 5, data: History.service)
        history.event("e2", "updated", at: 4, data: ["complexity": "HIGH"])
        history.event("e3", "updated", at: 5, data: ["complexity": "MEDIUM"])
        #expect(history.outcomes[1] == .skipped(reason: "stale"))
        #expect(history.outcomes[2] == .processed(effect: "updated", warned: false))
        #expect(history.columns["estimated_complexity"] == "MEDIUM")
    }

    @Test("a time far ahead is not believed and silences nobody")
    func future() {
        let history = History()
        history.event("e1", "created", at: 1, data: History.service)
        history.event("e2", "updated", at: 400_000_000, data: ["complexity": "HIGH"])
        history.event("e3", "updated", at: 2, data: ["complexity": "MEDIUM"])
        #expect(history.outcomes[1] == .deadLettered(reason: "timestamp_in_future", attempts: 1))
        #expect(history.outcomes[2] == .processed(effect: "updated", warned: false))
    }

    @Test("an unknown service cannot be deprecated, and its later creation is applied")
    func deprecationOfUnknown() {
        let history = History()
        history.event("e1", "deprecated", at: 1, data: [:])
        history.event("e2", "created", at: 2, data: History.service)
        #expect(history.outcomes[0] == .deadLettered(reason: "not_found", attempts: 4))
        #expect(history.outcomes[1] == .processed(effect: "created", warned: false))
        #expect(history.columns["status"] == "ACTIVE")
    }

    @Test("a deprecation that overtook its creation is applied behind it")
    func overtakingDeprecation() {
        let history = History()
        history.event("e1", "deprecated", at: 5, data: ["reason": "over"])
        history.event("e2", "created", at: 2, data: History.service)
        #expect(history.outcomes[0] == .processed(effect: "deprecated", warned: false))
        #expect(history.outcomes[1] == .processed(effect: "created", warned: false))
        #expect(history.columns["status"] == "DEPRECATED")
        #expect(history.model.letters.isEmpty)
    }

    @Test("an update that overtakes its creation creates; the creation is stale")
    func updateFirst() {
        let history = History()
        history.event("e1", "updated", at: 2, data: History.service)
        history.event("e2", "created", at: 1, data: History.service)
        #expect(history.outcomes[0] == .processed(effect: "created", warned: false))
        #expect(history.outcomes[1] == .skipped(reason: "stale"))
    }

    @Test("a deprecation ends the service at the event's time")
    func deprecation() {
        let history = History()
        history.event("e1", "created", at: 1, data: History.service)
        history.event("e2", "deprecated", at: 9, data: ["replacementServiceCode": "S2"])
        #expect(history.outcomes[1] == .processed(effect: "deprecated", warned: false))
        #expect(history.columns["status"] == "DEPRECATED")
        #expect(history.columns["effective_to"] == .integer((History.base + 9) * 1_000))
        #expect(history.columns["deprecated_reason"] == "Deprecated by external system")
        #expect(history.columns["replacement_service_code"] == "S2")
    }

    @Test("another system may not speak for a service")
    func sourceMismatch() {
        let history = History()
        history.event("e1", "created", at: 1, data: History.service)
        history.event("e2", "updated", at: 2, data: ["complexity": "HIGH"], source: "SAP")
        #expect(history.outcomes[1] == .deadLettered(reason: "source_mismatch", attempts: 1))
    }

    @Test("words that no mapping knows warn")
    func warnings() {
        let history = History()
        history.event("e1", "created", at: 1, data: History.service.with("type", "inspection"))
        #expect(history.outcomes == [.processed(effect: "created", warned: true)])
        #expect(SourceMapping.type("inspection") == "INSTALLATION")
        #expect(SourceMapping.category("gardening") == "OTHER")
    }

    @Test("a row that the database never takes is a letter, and the one behind it too")
    func refusedForGood() {
        let history = History()
        history.event("e1", "created", at: 1, data: History.service)
        history.event("e2", "updated", at: 2, data: ["estimatedDuration": 50_000])
        history.event("e3", "updated", at: 3, data: ["estimatedDuration": 60_000])
        let letter = DeliveryOutcome.deadLettered(reason: "retries_exhausted", attempts: 4)
        #expect(history.outcomes[1] == letter)
        #expect(history.outcomes[2] == letter)
        #expect(history.columns["estimated_duration_minutes"] == 90)
    }

    @Test("garbage and unknown types change nothing")
    func garbage() {
        let history = History()
        history.garbage(Array("{".utf8))
        history.event("e1", "renamed", at: 1, data: History.service)
        #expect(history.outcomes[0] == .deadLettered(reason: "malformed", attempts: 1))
        #expect(history.outcomes[1] == .skipped(reason: "unknown_event_type"))
        #expect(history.model.services.isEmpty)
    }
}
