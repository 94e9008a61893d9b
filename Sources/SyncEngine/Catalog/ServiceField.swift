/// A synchronised field of a service, named as its column in `service_catalog`.
///
/// The order is the order in which people read a service; it is also the order of field lists in
/// diffs. `sync_version` is not among them: it travels with a content but is not compared.
package enum ServiceField: String, CaseIterable, Sendable, Hashable {
    case status
    case sourceType = "source_type"
    case sourceCategory = "source_category"
    case sourceContractType = "source_contract_type"
    case countryCode = "country_code"
    case businessUnit = "business_unit"
    case nameI18n = "name_i18n"
    case descriptionI18n = "description_i18n"
    case shortDescriptionI18n = "short_description_i18n"
    case scopeIncluded = "scope_included"
    case scopeExcluded = "scope_excluded"
    case worksiteRequirements = "worksite_requirements"
    case productPrerequisites = "product_prerequisites"
    case estimatedDurationMinutes = "estimated_duration_minutes"
    case estimatedComplexity = "estimated_complexity"
    case requiresTechnicalVisit = "requires_technical_visit"
    case effectiveFrom = "effective_from"
    case effectiveTo = "effective_to"
    case deprecatedReason = "deprecated_reason"
    case replacementServiceCode = "replacement_service_code"
}

extension ServiceField {
    /// `allCases`, made once: the compiler's own is a new array at each call.
    package static let inOrder = allCases
}

/// A set of synchronised fields, kept as one bit each because every event carries one.
package struct ServiceFieldSet: Hashable, Sendable {
    private var bits: UInt32 = 0

    package static let none = ServiceFieldSet()
    package static let all = ServiceFieldSet(ServiceField.allCases)

    package init() {}

    package init(_ fields: some Sequence<ServiceField>) {
        for field in fields { insert(field) }
    }

    package var isEmpty: Bool { bits == 0 }
    package var count: Int { bits.nonzeroBitCount }

    package func contains(_ field: ServiceField) -> Bool {
        bits & Self.bit(of: field) != 0
    }

    package mutating func insert(_ field: ServiceField) {
        bits |= Self.bit(of: field)
    }

    package mutating func remove(_ field: ServiceField) {
        bits &= ~Self.bit(of: field)
    }

    package mutating func formUnion(_ other: ServiceFieldSet) {
        bits |= other.bits
    }

    /// The fields in the order of `ServiceField`.
    package var fields: [ServiceField] {
        isEmpty ? [] : ServiceField.inOrder.filter(contains)
    }

    private static func bit(of field: ServiceField) -> UInt32 {
        switch field {
        case .status: 1 << 0
        case .sourceType: 1 << 1
        case .sourceCategory: 1 << 2
        case .sourceContractType: 1 << 3
        case .countryCode: 1 << 4
        case .businessUnit: 1 << 5
        case .nameI18n: 1 << 6
        case .descriptionI18n: 1 << 7
        case .shortDescriptionI18n: 1 << 8
        case .scopeIncluded: 1 << 9
        case .scopeExcluded: 1 << 10
        case .worksiteRequirements: 1 << 11
        case .productPrerequisites: 1 << 12
        case .estimatedDurationMinutes: 1 << 13
        case .estimatedComplexity: 1 << 14
        case .requiresTechnicalVisit: 1 << 15
        case .effectiveFrom: 1 << 16
        case .effectiveTo: 1 << 17
        case .deprecatedReason: 1 << 18
        case .replacementServiceCode: 1 << 19
        }
    }
}
