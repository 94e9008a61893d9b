/// One partition of one topic.
package struct KafkaPartition: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let topic: String
    package let partition: Int32

    package init(topic: String, partition: Int32) {
        self.topic = topic
        self.partition = partition
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.topic == right.topic ? left.partition < right.partition : left.topic < right.topic
    }

    package var description: String { "\(topic)/\(partition)" }
}

/// A place in a partition: where to read next, or what has been committed.
package struct KafkaPartitionOffset: Sendable, Hashable, CustomStringConvertible {
    /// The oldest message that the partition still has.
    package static let beginning: Int64 = -2
    /// Behind the newest message.
    package static let end: Int64 = -1

    package let partition: KafkaPartition
    /// The offset of the next message to read, or `beginning` or `end`.
    package let offset: Int64

    package init(_ partition: KafkaPartition, offset: Int64) {
        self.partition = partition
        self.offset = offset
    }

    package var description: String { "\(partition)@\(offset)" }
}
