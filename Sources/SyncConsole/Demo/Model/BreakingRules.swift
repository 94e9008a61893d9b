/// Which changes between two states take something away or ask more: design's list, rule by rule.
enum BreakingRules {
    static func reasons(
        from old: [String: JSONTree], to new: [String: JSONTree]
    ) -> Set<BreakingChange> {
        var reasons: Set<BreakingChange> = []
        func joined(_ column: String) -> Bool {
            !Set(new[column]?.strings ?? []).isSubset(of: old[column]?.strings ?? [])
        }
        func changed(_ column: String) -> Bool { old[column] != new[column] }

        if !Set(old["scope_included"]?.strings ?? [])
            .isSubset(of: new["scope_included"]?.strings ?? [])
        {
            reasons.insert(.scopeReduced)
        }
        if joined("worksite_requirements") { reasons.insert(.requirementAdded) }
        if joined("product_prerequisites") { reasons.insert(.prerequisiteAdded) }
        if joined("scope_excluded") { reasons.insert(.exclusionAdded) }
        if changed("source_contract_type") { reasons.insert(.contractType) }
        if changed("source_type") { reasons.insert(.type) }
        if changed("source_category") { reasons.insert(.category) }
        if changed("country_code") { reasons.insert(.country) }
        if old["requires_technical_visit"] == false, new["requires_technical_visit"] == true {
            reasons.insert(.technicalVisitRequired)
        }
        if case .integer(let newEnd) = new["effective_to"] ?? .null {
            if case .integer(let oldEnd) = old["effective_to"] ?? .null {
                if newEnd < oldEnd { reasons.insert(.endsEarlier) }
            } else {
                reasons.insert(.endsEarlier)
            }
        }
        return reasons
    }
}
