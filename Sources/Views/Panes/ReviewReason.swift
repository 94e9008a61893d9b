/// Why a change is held, as the screen words it. A rule that this build does not know shows by
/// its own name.
enum ReviewReason {
    static func words(_ reason: String) -> String {
        switch reason {
        case "scope_reduced": "less is included"
        case "requirement_added": "a worksite requirement is added"
        case "prerequisite_added": "a prerequisite is added"
        case "exclusion_added": "more is excluded"
        case "contract_type_changed": "the contract type changes"
        case "service_type_changed": "the service type changes"
        case "category_changed": "the category changes"
        case "country_changed": "the country changes"
        case "technical_visit_required": "a technical visit becomes required"
        case "ends_earlier": "the service ends earlier"
        case "returns_after_deprecation": "a deprecated service comes back"
        default: reason
        }
    }
}
