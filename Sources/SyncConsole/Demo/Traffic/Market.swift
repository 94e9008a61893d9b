/// A country in which the demo's company works: its language, its business unit, its texts.
struct Market: Sendable {
    let country: String
    let businessUnit: String
    let phrases: Phrasebook

    static let all: [Market] = [
        Market(country: "ES", businessUnit: "LM_ES", phrases: .spanish),
        Market(country: "FR", businessUnit: "LM_FR", phrases: .french),
        Market(country: "IT", businessUnit: "LM_IT", phrases: .italian),
        Market(country: "PL", businessUnit: "LM_PL", phrases: .polish),
    ]
}

/// A sales system that owns services, with the prefix of its service codes.
struct SalesSystem: Sendable {
    let name: String
    let prefix: String

    static let all: [SalesSystem] = [
        SalesSystem(name: "PYXIS", prefix: "PYX"),
        SalesSystem(name: "TEMPO", prefix: "TMP"),
        SalesSystem(name: "SAP", prefix: "SAP"),
    ]
}

extension SalesSystem {
    /// The system that exports its services as files too. The traffic leaves them alone once their
    /// first events are sent, so that what must come of a file does not depend on chance.
    static let exporting = SalesSystem(name: "ATLAS", prefix: "ATL")
}

/// The words in which the sales systems speak; the seed's mapping tables list them.
enum SourceWords {
    static let types = [
        "installation", "confirmation_visit", "quotation_visit", "maintenance", "rework", "complex",
    ]
    static let categories = [
        "hvac", "plumbing", "electrical", "appliance", "kitchen", "bathroom", "flooring",
        "painting", "maintenance",
    ]
    static let complexities = ["LOW", "MEDIUM", "HIGH"]
    static let durations = [30, 45, 60, 90, 120, 180, 240, 360, 480]
    /// Words that no mapping knows: they fall to the default, with a warning.
    static let unknownTypes = ["inspection", "emergency_callout"]
    static let unknownCategories = ["gardening", "solar_panels"]
}
