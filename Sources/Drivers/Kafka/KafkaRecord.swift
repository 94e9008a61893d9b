/// A record to be produced.
package struct KafkaRecord: Sendable, Hashable {
    package var topic: String
    /// Nil lets the key decide, as the property `partitioner` says.
    package var partition: Int32?
    /// Null and empty are different.
    package var key: [UInt8]?
    /// Null and empty are different.
    package var value: [UInt8]?
    package var headers: [KafkaHeader]
    /// Microseconds since 1970, kept to the millisecond; nil means now.
    package var timestampMicroseconds: Int64?

    package init(
        topic: String, partition: Int32? = nil, key: [UInt8]? = nil, value: [UInt8]? = nil,
        headers: [KafkaHeader] = [], timestampMicroseconds: Int64? = nil
    ) {
        self.topic = topic
        self.partition = partition
        self.key = key
        self.value = value
        self.headers = headers
        self.timestampMicroseconds = timestampMicroseconds
    }
}

/// Where a record has been stored, as the broker has confirmed.
package struct KafkaDelivery: Sendable, Hashable {
    package let partition: KafkaPartition
    /// Nil if `acks=0` left it unknown.
    package let offset: Int64?

    package init(partition: KafkaPartition, offset: Int64?) {
        self.partition = partition
        self.offset = offset
    }
}
