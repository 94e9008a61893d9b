/// The topics of the demo's broker, and the group whose positions are counted.
package enum DemoTopics {
    package static let catalog = "service-catalog"
    package static let deadLetters = "dlq.failed_events"
    /// Where others hear of new services.
    package static let created = "catalog.service.created"
    /// Where projects tell of service orders, some of which go to a vendor.
    package static let orders = "projects.service_order.created"
    package static let group = "service-catalog-consumer-group"
    /// Enough for several engines to share, few enough to be read on one screen.
    package static let catalogPartitions: Int32 = 8
}
