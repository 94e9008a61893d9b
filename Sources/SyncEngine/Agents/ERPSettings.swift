/// What the engine needs to know of vendors and their agents; valid if it exists.
package struct ERPSettings: Sendable {
    package var vendors: [VendorSettings]
    /// Silence after which an agent is degraded, and after which it is offline.
    package var degradedAfter: Duration
    package var offlineAfter: Duration
    /// For one call to an agent, from its beginning to the answer's last byte.
    package var callDeadline: Duration
    package var jobs: JobSettings
    package var orders: OrderSettings

    package init(
        vendors: [VendorSettings] = [], degradedAfter: Duration = .seconds(60),
        offlineAfter: Duration = .seconds(300), callDeadline: Duration = .seconds(30),
        jobs: JobSettings = JobSettings(), orders: OrderSettings = OrderSettings()
    ) {
        self.vendors = vendors
        self.degradedAfter = degradedAfter
        self.offlineAfter = offlineAfter
        self.callDeadline = callDeadline
        self.jobs = jobs
        self.orders = orders
    }

    package subscript(vendor name: String) -> VendorSettings? {
        vendors.first { $0.name == name }
    }
}

/// One vendor, as it is configured.
package struct VendorSettings: Sendable, Equatable {
    package var name: String
    /// What we say to its agent; nobody else's.
    package var secret: SecretText
    /// Where its agent may be: `https://agents.example.org/a`. Empty: nowhere.
    package var allowedURLPrefixes: [String]

    package init(name: String, secret: SecretText, allowedURLPrefixes: [String]) {
        self.name = name
        self.secret = secret
        self.allowedURLPrefixes = allowedURLPrefixes
    }
}
