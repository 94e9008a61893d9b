import Probes

/// The configured list of what is breaking; everything by default.
///
/// What is compared is what the source says, not what we derive from it. Filling in a type,
/// category, contract type or country that was empty takes nothing from anybody and is not
/// breaking; changing or removing one is.
package struct ReviewRules: Equatable, Sendable {
    package var reasons: Set<BreakingReason>

    package init(reasons: Set<BreakingReason> = Set(BreakingReason.allCases)) {
        self.reasons = reasons
    }

    /// A rule name that does not exist.
    package struct UnknownRule: Error, Equatable, Sendable {
        package var name: String
    }

    /// From the names in the configuration.
    package init(names: [String]) throws(UnknownRule) {
        reasons = []
        for name in names {
            guard let reason = BreakingReason(rawValue: name) else {
                throw UnknownRule(name: name)
            }
            reasons.insert(reason)
        }
    }

    /// Why `proposed` must wait, in the order of `BreakingReason`; empty if it may be applied.
    package func reasons(
        from current: ServiceContent, to proposed: ServiceContent
    ) -> [BreakingReason] {
        BreakingReason.allCases.filter {
            reasons.contains($0) && Self.holds($0, from: current, to: proposed)
        }
    }

    /// The fields that differ, with both values as compact JSON and the reasons that each is held
    /// for.
    package func changes(
        from current: ServiceContent, to proposed: ServiceContent
    ) -> [FieldChange] {
        Self.changes(from: current, to: proposed, heldFor: reasons(from: current, to: proposed))
    }

    /// The same for reasons that are known.
    static func changes(
        from current: ServiceContent, to proposed: ServiceContent, heldFor held: [BreakingReason]
    ) -> [FieldChange] {
        proposed.differences(from: current).fields.map { field in
            FieldChange(
                field: field.rawValue,
                before: JSONWriter.text(current.json(of: field)),
                after: JSONWriter.text(proposed.json(of: field)),
                reasons: held.filter { $0.field == field }.map(\.rawValue))
        }
    }

    private static func holds(
        _ reason: BreakingReason, from current: ServiceContent, to proposed: ServiceContent
    ) -> Bool {
        switch reason {
        case .scopeReduced: loses(current.scopeIncluded, proposed.scopeIncluded)
        case .requirementAdded:
            loses(proposed.worksiteRequirements, current.worksiteRequirements)
        case .prerequisiteAdded:
            loses(proposed.productPrerequisites, current.productPrerequisites)
        case .exclusionAdded: loses(proposed.scopeExcluded, current.scopeExcluded)
        case .contractTypeChanged:
            replaces(current.sourceContractType, proposed.sourceContractType)
        case .serviceTypeChanged: replaces(current.sourceType, proposed.sourceType)
        case .categoryChanged: replaces(current.sourceCategory, proposed.sourceCategory)
        case .countryChanged: replaces(current.countryCode, proposed.countryCode)
        case .technicalVisitRequired:
            proposed.requiresTechnicalVisit && !current.requiresTechnicalVisit
        case .endsEarlier: endsEarlier(proposed.effectiveTo, than: current.effectiveTo)
        case .returnsAfterDeprecation:
            current.status == .deprecated && proposed.status == .active
        // Not a matter of the two contents: `OrphanFold` asks for the orders.
        case .deprecatedInUse: false
        }
    }

    /// Whether some item of `whole` is not in `rest`.
    private static func loses(_ whole: [String], _ rest: [String]) -> Bool {
        if whole == rest { return false }
        let rest = Set(rest)
        return !whole.allSatisfy(rest.contains)
    }

    private static func replaces(_ current: String?, _ proposed: String?) -> Bool {
        current != nil && current != proposed
    }

    /// No end is later than any end.
    private static func endsEarlier(_ proposed: Timestamp?, than current: Timestamp?) -> Bool {
        guard let proposed else { return false }
        guard let current else { return true }
        return proposed < current
    }
}
