/// What an agent says of itself when it registers; valid but for what configuration allows.
struct AgentRegistration: Sendable {
    static let erpTypes = ["ebp", "sage", "odoo", "custom"]

    var vendor: String
    var url: String
    /// One of `erpTypes`.
    var erpType: String
    var token: AgentToken
    var version: String?

    /// Why configuration keeps it out; nil if it may register.
    func refusal(by settings: ERPSettings) -> String? {
        guard let configured = settings[vendor: vendor] else {
            return "\(vendor) is none of erp.vendors"
        }
        return AgentAddress.refusal(of: url, allowedPrefixes: configured.allowedURLPrefixes)
    }
}
