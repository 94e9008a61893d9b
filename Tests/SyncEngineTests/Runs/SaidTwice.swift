/// A service as an event has it, and as a row of a file has it.
struct SaidTwice {
    var code: String
    /// What the event's data say besides code, country and name.
    var event: String
    /// By column; columns that are not named are empty.
    var cells: [String: String]

    init(_ code: String, event: String = "", cells: [String: String] = [:]) {
        self.code = code
        self.event = event
        self.cells = cells
    }

    static let columns = [
        "external_service_code", "country_code", "business_unit", "type", "category", "name_es",
        "name_fr", "name_it", "description_es", "description_fr", "short_description_es",
        "scope_included", "scope_excluded", "worksite_requirements", "product_prerequisites",
        "contract_type", "estimated_duration", "complexity", "requires_tv", "effective_from",
        "effective_to", "version",
    ]

    static let header = columns.joined(separator: ",")

    /// A creation, or another full state with `type`.
    func event(
        _ type: String = "created", at time: String = "2025-01-10T00:00:00Z"
    ) -> (key: String, value: String) {
        var data = event
        if !data.contains(#""countryCode""#) { data += #","countryCode":"ES""# }
        if !data.contains(#""name""#) { data += #","name":{"es":"Servicio"}"# }
        return Events.event(
            "\(type) \(code)", type, code, at: time, String(data.drop { $0 == "," }))
    }

    var row: String {
        var cells = ["country_code": "ES", "name_es": "Servicio"]
        cells.merge(self.cells) { $1 }
        cells["external_service_code"] = code
        return Self.columns.map { Self.quoted(cells[$0] ?? "") }.joined(separator: ",")
    }

    /// As RFC 4180 has it.
    static func quoted(_ text: String) -> String {
        guard text.utf8.contains(where: { "\",\r\n".utf8.contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
