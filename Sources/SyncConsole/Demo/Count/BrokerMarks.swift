import Kafka

/// The broker's side of the count: what lies in its topics.
struct BrokerMarks: Sendable {
    /// End offset of each partition of the catalog's topic.
    let catalogEnds: [Int32: Int64]
    /// End offset of the dead letters' topic.
    let letterEnd: Int64
    /// End offset of the topic that tells of new services.
    let createdEnd: Int64

    static func take(_ observer: KafkaObserver) async throws -> BrokerMarks {
        let catalog = (0..<DemoTopics.catalogPartitions).map {
            KafkaPartition(topic: DemoTopics.catalog, partition: $0)
        }
        let letters = KafkaPartition(topic: DemoTopics.deadLetters, partition: 0)
        let created = KafkaPartition(topic: DemoTopics.created, partition: 0)
        let marks = try await observer.watermarks(of: catalog + [letters, created])
        var ends: [Int32: Int64] = [:]
        for partition in catalog { ends[partition.partition] = marks[partition]?.high ?? 0 }
        return BrokerMarks(
            catalogEnds: ends, letterEnd: marks[letters]?.high ?? 0,
            createdEnd: marks[created]?.high ?? 0)
    }
}
