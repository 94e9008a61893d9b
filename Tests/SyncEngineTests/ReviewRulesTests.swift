import Probes
import Testing

@testable import SyncEngine

@Suite("Review rules")
struct ReviewRulesTests {
    private struct Case: Sendable {
        var words: String
        var reasons: [BreakingReason]
        var edit: @Sendable (inout ServiceContent) -> Void

        init(
            _ words: String, _ reasons: [BreakingReason] = [],
            _ edit: @escaping @Sendable (inout ServiceContent) -> Void
        ) {
            self.words = words
            self.reasons = reasons
            self.edit = edit
        }
    }

    private static let cases: [Case] = [
        Case("scope item removed", [.scopeReduced]) { $0.scopeIncluded = ["a"] },
        Case("scope emptied", [.scopeReduced]) { $0.scopeIncluded = [] },
        Case("scope reordered") { $0.scopeIncluded = ["b", "a"] },
        Case("scope item added") { $0.scopeIncluded.append("c") },
        Case("requirement added", [.requirementAdded]) { $0.worksiteRequirements.append("s") },
        Case("requirement removed") { $0.worksiteRequirements = [] },
        Case("prerequisite added", [.prerequisiteAdded]) { $0.productPrerequisites = ["p", "q"] },
        Case("exclusion added", [.exclusionAdded]) { $0.scopeExcluded = ["y"] },
        Case("exclusion removed") { $0.scopeExcluded = [] },
        Case("contract type changed", [.contractTypeChanged]) {
            $0.sourceContractType = "post_service"
        },
        Case("contract type removed", [.contractTypeChanged]) { $0.sourceContractType = nil },
        Case("type changed", [.serviceTypeChanged]) { $0.sourceType = "rework" },
        Case("business unit filled in") { $0.businessUnit = "LM" },
        Case("category filled in") { $0.sourceCategory = "hvac" },
        Case("country changed", [.countryChanged]) { $0.countryCode = "FR" },
        Case("visit required", [.technicalVisitRequired]) { $0.requiresTechnicalVisit = true },
        Case("ends earlier", [.endsEarlier]) { $0.effectiveTo = Timestamp(microseconds: 99) },
        Case("ends later") { $0.effectiveTo = Timestamp(microseconds: 101) },
        Case("never ends") { $0.effectiveTo = nil },
        Case("name and texts changed") {
            $0.nameI18n = ["es": "otro"]
            $0.descriptionI18n = [:]
        },
        Case("several at once", [.scopeReduced, .countryChanged, .technicalVisitRequired]) {
            $0.requiresTechnicalVisit = true
            $0.countryCode = "FR"
            $0.scopeIncluded = ["b"]
        },
    ]

    @Test("what takes away or asks more is breaking, the rest is not")
    func reasons() {
        for each in Self.cases {
            var proposed = current
            each.edit(&proposed)
            let reasons = ReviewRules().reasons(from: current, to: proposed)
            #expect(reasons == each.reasons, "\(each.words)")
        }
    }

    @Test("a first end is an earlier end; the end of a removed visit is not breaking")
    func emptyBefore() {
        var open = current
        open.effectiveTo = nil
        open.requiresTechnicalVisit = true
        var proposed = open
        proposed.effectiveTo = Timestamp(microseconds: .max)
        proposed.requiresTechnicalVisit = false
        #expect(ReviewRules().reasons(from: open, to: proposed) == [.endsEarlier])
    }

    @Test("a rule that is not in the list does not hold anything")
    func configured() throws {
        let rules = try ReviewRules(names: ["country_changed"])
        var proposed = current
        proposed.scopeIncluded = []
        proposed.countryCode = "FR"
        #expect(rules.reasons(from: current, to: proposed) == [.countryChanged])
        #expect(throws: ReviewRules.UnknownRule(name: "contry_changed")) {
            try ReviewRules(names: ["contry_changed"])
        }
    }

    @Test("the diff shows every field that differs, with the reasons that hold it")
    func changes() {
        var proposed = current
        proposed.scopeIncluded = ["a", "c"]
        proposed.businessUnit = "LM"
        #expect(
            ReviewRules().changes(from: current, to: proposed) == [
                FieldChange(field: "business_unit", before: "null", after: #""LM""#, reasons: []),
                FieldChange(
                    field: "scope_included", before: #"["a","b"]"#, after: #"["a","c"]"#,
                    reasons: ["scope_reduced"]),
            ])
    }

    private var current: ServiceContent {
        var content = ServiceContent()
        content.sourceType = "installation"
        content.sourceContractType = "pre_service"
        content.countryCode = "ES"
        content.nameI18n = ["es": "uno"]
        content.scopeIncluded = ["a", "b"]
        content.scopeExcluded = ["x"]
        content.worksiteRequirements = ["r"]
        content.productPrerequisites = ["p"]
        content.effectiveTo = Timestamp(microseconds: 100)
        return content
    }
}
