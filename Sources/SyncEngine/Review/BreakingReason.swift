/// Why a change waits for a person: it takes something away from a customer or asks more of one.
package enum BreakingReason: String, CaseIterable, Sendable, Hashable {
    /// An item leaves `scope_included`.
    case scopeReduced = "scope_reduced"
    /// An item joins `worksite_requirements`.
    case requirementAdded = "requirement_added"
    /// An item joins `product_prerequisites`.
    case prerequisiteAdded = "prerequisite_added"
    /// An item joins `scope_excluded`.
    case exclusionAdded = "exclusion_added"
    case contractTypeChanged = "contract_type_changed"
    case serviceTypeChanged = "service_type_changed"
    case categoryChanged = "category_changed"
    case countryChanged = "country_changed"
    case technicalVisitRequired = "technical_visit_required"
    case endsEarlier = "ends_earlier"
    case returnsAfterDeprecation = "returns_after_deprecation"
    /// Its file lacks it, and active orders use it.
    case deprecatedInUse = "deprecated_in_use"

    /// The field in which the reason shows.
    package var field: ServiceField {
        switch self {
        case .scopeReduced: .scopeIncluded
        case .requirementAdded: .worksiteRequirements
        case .prerequisiteAdded: .productPrerequisites
        case .exclusionAdded: .scopeExcluded
        case .contractTypeChanged: .sourceContractType
        case .serviceTypeChanged: .sourceType
        case .categoryChanged: .sourceCategory
        case .countryChanged: .countryCode
        case .technicalVisitRequired: .requiresTechnicalVisit
        case .endsEarlier: .effectiveTo
        case .returnsAfterDeprecation, .deprecatedInUse: .status
        }
    }
}
