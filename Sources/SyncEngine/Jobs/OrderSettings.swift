/// Where orders come from, and whose they are.
package struct OrderSettings: Sendable, Equatable {
    /// Nil reads none.
    package var topic: String?
    /// Of an event that names no vendor, by its country: `ES` to `vendor-a`.
    package var vendorsByCountry: [String: String]
    /// Of an event that names no vendor, from a country without a vendor.
    package var defaultVendor: String?

    package init(
        topic: String? = "projects.service_order.created",
        vendorsByCountry: [String: String] = [:], defaultVendor: String? = nil
    ) {
        self.topic = topic
        self.vendorsByCountry = vendorsByCountry
        self.defaultVendor = defaultVendor
    }
}
