/// Why a change is held, as the screen words it. A rule that this build does not know shows by
/// its own name.
enum ReviewReason {
    /// For a column: what changes, in two words.
    static func short(_ reason: String) -> String {
        switch reason {
        case "scope_reduced": "less included"
        case "requirement_added": "requirement added"
        case "prerequisite_added": "prerequisite added"
        case "exclusion_added": "more excluded"
        case "contract_type_changed": "contract type"
        case "service_type_changed": "service type"
        case "category_changed": "category"
        case "country_changed": "country"
        case "technical_visit_required": "technical visit"
        case "ends_earlier": "ends earlier"
        case "returns_after_deprecation": "comes back"
        case "deprecated_in_use": "missing, in use"
        default: reason
        }
    }

    /// For a sentence.
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
        case "deprecated_in_use": "its file lacks it, and active orders use it"
        default: reason
        }
    }
}
