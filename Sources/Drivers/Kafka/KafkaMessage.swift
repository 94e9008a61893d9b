/// A header of a message or of a record. Names may repeat, and their order is kept.
package struct KafkaHeader: Sendable, Hashable {
    package let name: String
    package let value: [UInt8]?

    package init(name: String, value: [UInt8]?) {
        self.name = name
        self.value = value
    }
}

/// A consumed message, copied once out of the library's memory.
package struct KafkaMessage: Sendable, Hashable {
    package let topic: String
    package let partition: Int32
    package let offset: Int64
    /// The broker's or the producer's time, in microseconds since 1970 (Kafka counts milliseconds).
    package let timestampMicroseconds: Int64?
    /// Null and empty are different.
    package let key: [UInt8]?
    /// Null and empty are different.
    package let value: [UInt8]?
    package let headers: [KafkaHeader]

    package init(
        topic: String, partition: Int32, offset: Int64, timestampMicroseconds: Int64? = nil,
        key: [UInt8]? = nil, value: [UInt8]? = nil, headers: [KafkaHeader] = []
    ) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
        self.timestampMicroseconds = timestampMicroseconds
        self.key = key
        self.value = value
        self.headers = headers
    }

    package var topicPartition: KafkaPartition {
        KafkaPartition(topic: topic, partition: partition)
    }
}
