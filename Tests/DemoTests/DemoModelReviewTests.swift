import Testing

@testable import Demo

@Suite("Demo model, breaking changes")
struct DemoModelReviewTests {
    @Test(
        "each breaking change waits and leaves the service as it was",
        arguments: [
            (["scopeIncluded": ["a"]], .scopeReduced),
            (["worksiteRequirements": ["w", "x"]], .requirementAdded),
            (["productPrerequisites": ["p", "q"]], .prerequisiteAdded),
            (["scopeExcluded": ["c", "d"]], .exclusionAdded),
            (["contractType": "post_service"], .contractType),
            (["type": "rework"], .type),
            (["category": "plumbing"], .category),
            (["countryCode": "FR"], .country),
            (["requiresTechnicalVisit": true], .technicalVisitRequired),
            (["effectiveTo": "2026-01-01T00:00:00Z"], .endsEarlier),
        ] as [(JSONTree, BreakingChange)])
    func breaking(change: JSONTree, reason: BreakingChange) {
        let history = History()
        history.event("e1", "created", at: 1, data: History.service)
        let before = history.columns
        history.event("e2", "updated", at: 2, data: change)
        #expect(history.outcomes[1] == .held)
        #expect(history.service?.openItem?.reasons == [reason])
        #expect(history.columns == before)
    }

    @Test(
        "a change that gives more or asks less is applied",
        arguments: [
            ["scopeIncluded": ["b", "a", "z"]], ["worksiteRequirements": []],
            ["productPrerequisites": []], ["scopeExcluded": []], ["complexity": "HIGH"],
            ["name": ["es": "Otro"]],
        ] as [JSONTree])
    func harmless(change: JSONTree) {
        let history = History()
        history.event("e1", "created", at: 1, data: History.service)
        history.event("e2", "updated", at: 2, data: change)
        #expect(history.outcomes[1] == .processed(effect: "updated", warned: false))
    }

    @Test("a newer state supersedes the waiting one and is laid over it")
    func superseded() {
        let history = History()
        history.event("e1", "created", at: 1, data: History.service)
        history.event("e2", "updated", at: 2, data: ["scopeIncluded": ["a"]])
        history.event("e3", "updated", at: 3, data: ["estimatedDuration": 30])
        #expect(history.outcomes[1] == .skipped(reason: "superseded"))
        #expect(history.outcomes[2] == .held)
        let proposed = history.service?.openItem?.proposed
        #expect(proposed?["scope_included"] == ["a"])
        #expect(proposed?["estimated_duration_minutes"] == 30)
        #expect(history.columns["estimated_duration_minutes"] == 90)
    }

    @Test("a breaking change that is taken back leaves nothing to decide")
    func withdrawn() {
        let history = History()
        history.event("e1", "created", at: 1, data: History.service)
        history.event("e2", "updated", at: 2, data: ["scopeIncluded": ["a"]])
        history.event("e3", "updated", at: 3, data: ["scopeIncluded": ["a", "b"]])
        #expect(history.outcomes[1] == .skipped(reason: "superseded"))
        #expect(history.outcomes[2] == .processed(effect: "unchanged", warned: false))
        #expect(history.service?.openItem == nil)
    }

    @Test("a deprecation needs nobody's consent and closes what waits")
    func deprecation() {
        let history = History()
        history.event("e1", "created", at: 1, data: History.service)
        history.event("e2", "updated", at: 2, data: ["scopeIncluded": ["a"]])
        history.event("e3", "deprecated", at: 3, data: ["reason": "over"])
        #expect(history.outcomes[1] == .skipped(reason: "superseded"))
        #expect(history.outcomes[2] == .processed(effect: "deprecated", warned: false))
        #expect(history.columns["scope_included"] == ["a", "b"])
    }

    @Test("a deprecated service comes back only by decision", arguments: ["created", "updated"])
    func comesBack(type: String) {
        let history = History()
        history.event("e1", "created", at: 1, data: History.service)
        history.event("e2", "deprecated", at: 2, data: ["reason": "over"])
        history.event("e3", type, at: 3, data: History.service)
        #expect(history.outcomes[2] == .held)
        #expect(history.columns["status"] == "DEPRECATED")
        #expect(history.service?.openItem?.proposed["status"] == "ACTIVE")
        #expect(history.service?.openItem?.proposed["deprecated_reason"] == .null)
    }

    @Test("ending once more what only asked to come back leaves its end where it was")
    func deprecatedAgain() {
        let history = History()
        history.event("e1", "created", at: 1, data: History.service)
        history.event("e2", "deprecated", at: 2, data: ["reason": "over"])
        let ended = history.columns
        history.event("e3", "created", at: 3, data: History.service)
        history.event("e4", "deprecated", at: 4, data: [:])
        #expect(history.outcomes[2] == .skipped(reason: "superseded"))
        #expect(history.outcomes[3] == .processed(effect: "unchanged", warned: false))
        #expect(history.columns == ended)
        #expect(history.service?.openItem == nil)
    }

    @Test("a held event is decided: an older one behind it is stale")
    func heldMovesTheMark() {
        let history = History()
        history.event("e1", "created", at: 1, data: History.service)
        history.event("e2", "updated", at: 5, data: ["scopeIncluded": ["a"]])
        history.event("e3", "updated", at: 4, data: ["complexity": "HIGH"])
        #expect(history.outcomes[2] == .skipped(reason: "stale"))
        #expect(history.outcomes[1] == .held)
    }
}
