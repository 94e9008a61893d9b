import CRdKafka

/// The owner of a `rd_kafka_topic_partition_list_t`.
struct PartitionList: ~Copyable {
    let pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

    /// Takes over a list that a call has made.
    init(owning pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>) {
        self.pointer = pointer
    }

    init(_ offsets: some Collection<KafkaPartitionOffset>) {
        pointer = rd_kafka_topic_partition_list_new(Int32(clamping: offsets.count))
        for each in offsets {
            let entry = rd_kafka_topic_partition_list_add(
                pointer, each.partition.topic, each.partition.partition)
            entry?.pointee.offset = each.offset
        }
    }

    init(_ partitions: some Collection<KafkaPartition>, offset: Int64 = invalidOffset) {
        self.init(partitions.map { KafkaPartitionOffset($0, offset: offset) })
    }

    init(topics: [String]) {
        self.init(topics.map { KafkaPartition(topic: $0, partition: -1) })
    }

    deinit { rd_kafka_topic_partition_list_destroy(pointer) }

    var entries: [PartitionEntry] { Self.entries(of: pointer) }

    /// The entries of a list that is lent, such as an event's.
    static func entries(
        of pointer: UnsafePointer<rd_kafka_topic_partition_list_t>
    ) -> [PartitionEntry] {
        UnsafeBufferPointer(start: pointer.pointee.elems, count: Int(pointer.pointee.cnt))
            .map { entry in
                PartitionEntry(
                    partition: KafkaPartition(
                        topic: entry.topic.map { String(cString: $0) } ?? "",
                        partition: entry.partition),
                    offset: entry.offset, code: KafkaErrorCode(entry.err))
            }
    }

    static func entries(
        of pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>
    ) -> [PartitionEntry] {
        entries(of: UnsafePointer(pointer))
    }
}

/// What a list says of one partition.
struct PartitionEntry {
    let partition: KafkaPartition
    let offset: Int64
    let code: KafkaErrorCode
}

/// librdkafka's word for "no offset known".
let invalidOffset: Int64 = -1001
