import Probes

/// Every synchronised value of a service, as its source sends it.
///
/// Nothing is kept in two ways: a text that is empty is nil, a language without text is absent.
/// Type, category and contract type are the source's own words; `SourceVocabulary` derives the
/// mapped ones. Texts are equal if they are canonically equivalent (NFC or NFD), as Swift compares.
package struct ServiceContent: Equatable, Sendable {
    package var status: ServiceStatus = .active
    package var sourceType: String?
    package var sourceCategory: String?
    package var sourceContractType: String?
    /// Two letters A to Z. A stored service always has one.
    package var countryCode: String?
    package var businessUnit: String?
    /// Language to text.
    package var nameI18n: [String: String] = [:]
    package var descriptionI18n: [String: String] = [:]
    package var shortDescriptionI18n: [String: String] = [:]
    package var scopeIncluded: [String] = []
    package var scopeExcluded: [String] = []
    package var worksiteRequirements: [String] = []
    package var productPrerequisites: [String] = []
    package var estimatedDurationMinutes: Int?
    package var estimatedComplexity: String?
    package var requiresTechnicalVisit = false
    package var effectiveFrom: Timestamp?
    package var effectiveTo: Timestamp?
    package var deprecatedReason: String?
    package var replacementServiceCode: String?
    /// The source's version of the service: stored beside the fields, never compared.
    package var version: String?

    package init() {}
}

package enum ServiceStatus: String, Sendable, CaseIterable {
    case active = "ACTIVE"
    case deprecated = "DEPRECATED"
}

extension ServiceContent {
    /// The fields whose values differ. `version` is not a field.
    package func differences(from other: ServiceContent) -> ServiceFieldSet {
        var changed = ServiceFieldSet()
        for field in ServiceField.inOrder where !hasSameValue(as: other, in: field) {
            changed.insert(field)
        }
        return changed
    }

    /// Whether every field has the same value, whatever the versions.
    package func hasSameFields(as other: ServiceContent) -> Bool {
        ServiceField.inOrder.allSatisfy { hasSameValue(as: other, in: $0) }
    }

    package func hasSameValue(as other: ServiceContent, in field: ServiceField) -> Bool {
        switch field {
        case .status: status == other.status
        case .sourceType: sourceType == other.sourceType
        case .sourceCategory: sourceCategory == other.sourceCategory
        case .sourceContractType: sourceContractType == other.sourceContractType
        case .countryCode: countryCode == other.countryCode
        case .businessUnit: businessUnit == other.businessUnit
        case .nameI18n: nameI18n == other.nameI18n
        case .descriptionI18n: descriptionI18n == other.descriptionI18n
        case .shortDescriptionI18n: shortDescriptionI18n == other.shortDescriptionI18n
        case .scopeIncluded: scopeIncluded == other.scopeIncluded
        case .scopeExcluded: scopeExcluded == other.scopeExcluded
        case .worksiteRequirements: worksiteRequirements == other.worksiteRequirements
        case .productPrerequisites: productPrerequisites == other.productPrerequisites
        case .estimatedDurationMinutes: estimatedDurationMinutes == other.estimatedDurationMinutes
        case .estimatedComplexity: estimatedComplexity == other.estimatedComplexity
        case .requiresTechnicalVisit: requiresTechnicalVisit == other.requiresTechnicalVisit
        case .effectiveFrom: effectiveFrom == other.effectiveFrom
        case .effectiveTo: effectiveTo == other.effectiveTo
        case .deprecatedReason: deprecatedReason == other.deprecatedReason
        case .replacementServiceCode: replacementServiceCode == other.replacementServiceCode
        }
    }

    /// Takes over one field's value.
    package mutating func take(_ field: ServiceField, from other: ServiceContent) {
        switch field {
        case .status: status = other.status
        case .sourceType: sourceType = other.sourceType
        case .sourceCategory: sourceCategory = other.sourceCategory
        case .sourceContractType: sourceContractType = other.sourceContractType
        case .countryCode: countryCode = other.countryCode
        case .businessUnit: businessUnit = other.businessUnit
        case .nameI18n: nameI18n = other.nameI18n
        case .descriptionI18n: descriptionI18n = other.descriptionI18n
        case .shortDescriptionI18n: shortDescriptionI18n = other.shortDescriptionI18n
        case .scopeIncluded: scopeIncluded = other.scopeIncluded
        case .scopeExcluded: scopeExcluded = other.scopeExcluded
        case .worksiteRequirements: worksiteRequirements = other.worksiteRequirements
        case .productPrerequisites: productPrerequisites = other.productPrerequisites
        case .estimatedDurationMinutes: estimatedDurationMinutes = other.estimatedDurationMinutes
        case .estimatedComplexity: estimatedComplexity = other.estimatedComplexity
        case .requiresTechnicalVisit: requiresTechnicalVisit = other.requiresTechnicalVisit
        case .effectiveFrom: effectiveFrom = other.effectiveFrom
        case .effectiveTo: effectiveTo = other.effectiveTo
        case .deprecatedReason: deprecatedReason = other.deprecatedReason
        case .replacementServiceCode: replacementServiceCode = other.replacementServiceCode
        }
    }
}
