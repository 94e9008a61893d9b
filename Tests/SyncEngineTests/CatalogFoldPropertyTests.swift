import Probes
import Testing

@testable import SyncEngine

@Suite("Catalog fold against a naive model")
struct CatalogFoldPropertyTests {
    @Test("however a history is cut into batches, service and events end as the model says")
    func anyHistory() {
        var seen: [String: Int] = [:]
        for seed in 1...400 as ClosedRange<UInt64> {
            var generator = HistoryGenerator(seed: seed)
            let history = generator.history(steps: 60)
            var model = NaiveModel()
            for step in history { model.take(step) }

            for cut in 0..<3 as Range<UInt64> {
                var numbers = SeededNumbers(seed: seed &* 31 &+ cut)
                var store = FoldStore()
                store.take(history, cutting: &numbers)
                let difference = Self.difference(store, model)
                #expect(difference == nil, "seed \(seed), cut \(cut): \(difference ?? "")")
                if difference != nil { return }
            }
            for words in model.dispositions.values {
                seen[words.split(separator: " ").prefix(2).joined(separator: " "), default: 0] += 1
            }
        }
        // A generator that no longer reaches a rule would make this test say nothing about it.
        for words in [
            "processed created", "processed updated", "processed deprecated",
            "processed unchanged", "processed approved", "refused by", "skipped stale",
            "skipped rejected",
            "skipped superseded", "skipped unknown_event_type", "dead_lettered not_found",
            "dead_lettered source_mismatch", "dead_lettered invalid", "held scope_reduced",
            "held returns_after_deprecation",
        ] {
            #expect(seen[words, default: 0] > 10, "\(words)")
        }
    }

    /// The first thing in which store and model differ.
    private static func difference(_ store: FoldStore, _ model: NaiveModel) -> String? {
        for (logID, words) in model.dispositions where store.dispositions[logID] != words {
            return "event \(logID): \(store.dispositions[logID] ?? "none"), not \(words)"
        }
        if store.dispositions.count != model.dispositions.count { return "number of events" }
        if store.items != model.items { return "items: \(store.items), not \(model.items)" }
        if (store.entity.snapshot != nil) != model.exists { return "existence" }
        if (store.entity.refused != nil) != (model.refused != nil) { return "refusal" }
        if (store.entity.openReview != nil) != (model.proposal != nil) { return "open item" }
        if store.entity.mark?.timestamp.microseconds != model.decided.map({ $0.time * 1_000_000 }) {
            return "mark"
        }
        if store.entity.mark?.position?.offset != model.decided?.offset { return "mark's offset" }
        guard let snapshot = store.entity.snapshot else { return nil }
        if snapshot.externalSystemSource != model.owner { return "owner" }
        if snapshot.rowVersion != model.rowVersion {
            return "row version \(snapshot.rowVersion), not \(model.rowVersion)"
        }
        if snapshot.content.version ?? "" != model.version { return "version" }
        let content = fields(snapshot.content)
        if content != model.fields { return "fields \(content), not \(model.fields)" }
        if let open = store.entity.openReview, fields(open.proposed) != model.proposal?.fields {
            return "proposed fields"
        }
        for name in NaiveModel.allFields {
            let origin = ServiceField(rawValue: name).flatMap { snapshot.fieldOrigins[$0]?.eventID }
            if origin != model.origins[name] { return "origin of \(name)" }
        }
        return nil
    }

    private static func fields(_ content: ServiceContent) -> [String: String] {
        var fields: [String: String] = [:]
        fields["country_code"] = content.countryCode
        fields["name_i18n"] = content.nameI18n["es"]
        fields["source_type"] = content.sourceType
        fields["source_category"] = content.sourceCategory
        fields["source_contract_type"] = content.sourceContractType
        fields["business_unit"] = content.businessUnit
        fields["deprecated_reason"] = content.deprecatedReason
        fields["status"] = content.status.rawValue
        fields["requires_technical_visit"] = content.requiresTechnicalVisit ? "true" : nil
        fields["effective_to"] = content.effectiveTo.map { "\($0.microseconds / 1_000_000)" }
        for (name, list) in [
            ("scope_included", content.scopeIncluded), ("scope_excluded", content.scopeExcluded),
            ("worksite_requirements", content.worksiteRequirements),
            ("product_prerequisites", content.productPrerequisites),
        ] where !list.isEmpty {
            fields[name] = list.joined(separator: "|")
        }
        return fields
    }
}
