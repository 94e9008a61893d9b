import Kafka
import Probes

/// A message as it was received, kept whole for as long as it may be needed again.
package struct SourceMessage: Sendable, Equatable {
    package var topic: String
    package var partition: Int32
    package var offset: Int64
    package var key: [UInt8]?
    /// The broker's or the producer's time.
    package var timestamp: Timestamp?
    package var headers: [KafkaHeader]
    /// Empty for a message without a value.
    package var value: [UInt8]

    package init(
        topic: String, partition: Int32, offset: Int64, key: [UInt8]?, timestamp: Timestamp?,
        headers: [KafkaHeader], value: [UInt8]
    ) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
        self.key = key
        self.timestamp = timestamp
        self.headers = headers
        self.value = value
    }

    package init(_ message: KafkaMessage) {
        self.init(
            topic: message.topic, partition: message.partition, offset: message.offset,
            key: message.key,
            timestamp: message.timestampMicroseconds.map(Timestamp.init(microseconds:)),
            headers: message.headers, value: message.value ?? [])
    }

    package var position: EventPosition {
        EventPosition(topic: topic, partition: partition, offset: offset)
    }

    /// As the decoder takes it.
    package var catalogMessage: CatalogMessage {
        CatalogMessage(
            value: value, headers: headers.map { (name: $0.name, value: $0.value ?? []) },
            topic: topic, partition: partition, offset: offset, timestamp: timestamp)
    }
}
