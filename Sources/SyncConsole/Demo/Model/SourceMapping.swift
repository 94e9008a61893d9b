/// The seed's mapping of the source's words, with its defaults.
enum SourceMapping {
    static let types = [
        "installation": "INSTALLATION", "confirmation_visit": "CONFIRMATION_TV",
        "quotation_visit": "QUOTATION_TV", "maintenance": "MAINTENANCE", "rework": "REWORK",
        "complex": "COMPLEX",
    ]
    static let categories = [
        "hvac": "HVAC", "plumbing": "PLUMBING", "electrical": "ELECTRICAL",
        "appliance": "APPLIANCE_REPAIR", "kitchen": "KITCHEN_INSTALLATION",
        "bathroom": "BATHROOM_INSTALLATION", "flooring": "FLOORING", "painting": "PAINTING",
        "maintenance": "GENERAL_MAINTENANCE",
    ]

    static func type(_ word: String?) -> String { types[word ?? ""] ?? "INSTALLATION" }
    static func category(_ word: String?) -> String { categories[word ?? ""] ?? "OTHER" }
}
