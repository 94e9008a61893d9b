/// The source's words and what this platform calls them (catalog seed, section 1.3).
package enum SourceVocabulary {
    package static let defaultServiceType = "INSTALLATION"
    package static let defaultServiceCategory = "OTHER"

    private static let serviceTypes = [
        "installation": "INSTALLATION",
        "confirmation_visit": "CONFIRMATION_TV",
        "quotation_visit": "QUOTATION_TV",
        "maintenance": "MAINTENANCE",
        "rework": "REWORK",
        "complex": "COMPLEX",
    ]

    private static let serviceCategories = [
        "hvac": "HVAC",
        "plumbing": "PLUMBING",
        "electrical": "ELECTRICAL",
        "appliance": "APPLIANCE_REPAIR",
        "kitchen": "KITCHEN_INSTALLATION",
        "bathroom": "BATHROOM_INSTALLATION",
        "flooring": "FLOORING",
        "painting": "PAINTING",
        "maintenance": "GENERAL_MAINTENANCE",
    ]

    /// `service_type` for the source's type; the default where it is not known.
    package static func serviceType(for source: String?) -> String {
        source.flatMap { serviceTypes[$0] } ?? defaultServiceType
    }

    /// `service_category` for the source's category; the default where it is not known.
    package static func serviceCategory(for source: String?) -> String {
        source.flatMap { serviceCategories[$0] } ?? defaultServiceCategory
    }

    /// The kind of contract template for the source's contract type: the seed takes everything but
    /// `pre_service` as post-service. Nil where the source names none.
    package static func contractTemplateKind(for source: String?) -> String? {
        source.map { $0 == "pre_service" ? "PRE_SERVICE" : "POST_SERVICE" }
    }

    /// The middle of an FSM code such as `ES_HVAC_00042`: four letters of the mapped category.
    package static func fsmCodePrefix(forCategory source: String?) -> String {
        serviceCategory(for: source).prefix(4).uppercased()
    }

    /// What an operator should know about words of `content` in `fields` that are not known and
    /// were mapped to a default.
    package static func warnings(
        for content: ServiceContent, in fields: ServiceFieldSet
    ) -> [String] {
        var warnings: [String] = []
        if fields.contains(.sourceType), content.sourceType.flatMap({ serviceTypes[$0] }) == nil {
            warnings.append(
                warning("type", content.sourceType, default: defaultServiceType))
        }
        if fields.contains(.sourceCategory),
            content.sourceCategory.flatMap({ serviceCategories[$0] }) == nil
        {
            warnings.append(
                warning("category", content.sourceCategory, default: defaultServiceCategory))
        }
        return warnings
    }

    private static func warning(_ field: String, _ word: String?, default: String) -> String {
        guard let word else { return "the \(field) is missing; taken as \(`default`)" }
        return "the \(field) \"\(word)\" is not known; taken as \(`default`)"
    }
}
