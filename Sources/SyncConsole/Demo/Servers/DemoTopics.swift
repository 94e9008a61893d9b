/// The topics of the demo's broker, and the group whose positions are counted.
package enum DemoTopics {
    package static let catalog = "service-catalog"
    package static let deadLetters = "dlq.failed_events"
    /// Where others hear of new services.
    package static let created = "catalog.service.created"
    package static let group = "service-catalog-consumer-group"
    /// Enough for several engines to share, few enough to be read on one screen.
    package static let catalogPartitions: Int32 = 8
}
