import CRdKafka

/// What the brokers say of themselves and of topics.
package struct KafkaMetadata: Sendable, Hashable {
    package struct Broker: Sendable, Hashable {
        package let id: Int32
        package let host: String
        package let port: Int32
    }

    package struct Topic: Sendable, Hashable {
        package let name: String
        package let partitions: [Partition]
        /// Set if the brokers do not know the topic or do not tell.
        package let error: KafkaErrorCode?
    }

    package struct Partition: Sendable, Hashable {
        package let id: Int32
        /// Nil while there is none.
        package let leader: Int32?
        package let replicas: [Int32]
        package let inSyncReplicas: [Int32]
        package let error: KafkaErrorCode?
    }

    package let brokers: [Broker]
    package let topics: [Topic]
}

extension KafkaObserver {
    /// The brokers, and one topic or all of them.
    /// - Throws: `KafkaError` if no broker has answered within `timeout`.
    package func metadata(
        topic: String? = nil, timeout: Duration = .seconds(5)
    ) async throws -> KafkaMetadata {
        try readMetadata(topic: topic, timeout: timeout)
    }

    func readMetadata(topic: String?, timeout: Duration) throws -> KafkaMetadata {
        try handle.lend { loan in
            let only = topic.flatMap { rd_kafka_topic_new(loan.client, $0, nil) }
            defer { if let only { rd_kafka_topic_destroy(only) } }
            var metadata: UnsafePointer<rd_kafka_metadata>?
            let code = rd_kafka_metadata(
                loan.client, topic == nil ? 1 : 0, only, &metadata, timeout.librdkafkaMilliseconds)
            guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let metadata else {
                throw KafkaError(KafkaErrorCode(code), operation: "read the metadata")
            }
            defer { rd_kafka_metadata_destroy(metadata) }
            return KafkaMetadata(copying: metadata.pointee)
        }
    }
}

extension KafkaMetadata {
    init(copying native: rd_kafka_metadata) {
        brokers = UnsafeBufferPointer(start: native.brokers, count: Int(native.broker_cnt))
            .map { broker in
                Broker(
                    id: broker.id, host: broker.host.map { String(cString: $0) } ?? "",
                    port: broker.port)
            }
        topics = UnsafeBufferPointer(start: native.topics, count: Int(native.topic_cnt))
            .map { topic in
                Topic(
                    name: topic.topic.map { String(cString: $0) } ?? "",
                    partitions: UnsafeBufferPointer(
                        start: topic.partitions, count: Int(topic.partition_cnt)
                    ).map { Partition(copying: $0) }.sorted { $0.id < $1.id },
                    error: KafkaErrorCode(topic.err).ifError)
            }
    }
}

extension KafkaMetadata.Partition {
    init(copying native: rd_kafka_metadata_partition) {
        id = native.id
        leader = native.leader >= 0 ? native.leader : nil
        replicas = Array(
            UnsafeBufferPointer(start: native.replicas, count: Int(native.replica_cnt)))
        inSyncReplicas = Array(UnsafeBufferPointer(start: native.isrs, count: Int(native.isr_cnt)))
        error = KafkaErrorCode(native.err).ifError
    }
}

extension KafkaErrorCode {
    var ifError: KafkaErrorCode? { self == .noError ? nil : self }
}
