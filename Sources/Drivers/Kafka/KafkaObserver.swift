import CRdKafka

/// Looks at a cluster without taking part: offsets, groups, brokers. Each call has a deadline and
/// runs on the observer's own thread, one after the other.
package actor KafkaObserver {
    let handle: KafkaHandle
    private let thread: KafkaThread

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        thread.asUnownedSerialExecutor()
    }

    private init(handle: KafkaHandle) {
        self.handle = handle
        thread = KafkaThread()
    }

    /// - Parameter log: gets librdkafka's log, on a thread of the library; must return at once.
    /// - Throws: `KafkaError`, naming the property if one is not valid.
    package static func start(
        settings: KafkaSettings, log: @escaping @Sendable (KafkaLogEntry) -> Void
    ) throws -> KafkaObserver {
        // A consumer without a group: a producer would create the topics that it asks for.
        KafkaObserver(
            handle: try KafkaHandle(
                RD_KAFKA_CONSUMER, settings: settings, defaults: [:], events: 0, log: log))
    }

    /// The oldest offset (`low`) and the one behind the newest message (`high`) of each partition,
    /// in two requests to each broker however many partitions there are.
    ///
    /// A partition that does not exist or has no leader is left out of the answer.
    /// - Throws: `KafkaError` if the brokers have not answered within `timeout`.
    package func watermarks(
        of partitions: some Collection<KafkaPartition> & Sendable,
        timeout: Duration = .seconds(5)
    ) async throws -> [KafkaPartition: (low: Int64, high: Int64)] {
        guard !partitions.isEmpty else { return [:] }
        let end = ContinuousClock.now + timeout
        let lows = try offsets(of: partitions, at: KafkaPartitionOffset.beginning, until: end)
        let highs = try offsets(of: partitions, at: KafkaPartitionOffset.end, until: end)
        var watermarks: [KafkaPartition: (low: Int64, high: Int64)] = [:]
        for (partition, high) in highs {
            guard let low = lows[partition] else { continue }
            watermarks[partition] = (low, max(low, high))
        }
        return watermarks
    }

    /// The cluster's id; nil if no broker has said it within `timeout`.
    package func clusterId(timeout: Duration = .seconds(5)) async throws -> String? {
        try handle.clusterId(timeout: timeout)
    }

    /// Readable from anywhere.
    package nonisolated var connectionState: KafkaConnectionState { handle.sink.connectionState }

    /// The connections to the brokers, readable from anywhere.
    package nonisolated var brokerStates: [KafkaBrokerState] { handle.sink.brokerStates }

    /// Errors since they were last taken; of a flood only the newest are kept.
    package nonisolated func takeErrors() -> [KafkaError] { handle.sink.takeErrors() }

    /// Ends the observer; see `KafkaConsumer.close`.
    @discardableResult
    package nonisolated func close(deadline: Duration = .seconds(5)) async -> Bool {
        await handle.close(deadline: deadline)
    }

    /// Kafka answers a query by time with the offset of the oldest or newest message if the time is
    /// one of the two logical offsets.
    private func offsets(
        of partitions: some Collection<KafkaPartition>, at logical: Int64,
        until end: ContinuousClock.Instant
    ) throws -> [KafkaPartition: Int64] {
        let list = PartitionList(partitions, offset: logical)
        let rest = ContinuousClock.now.duration(to: end)
        let code = try handle.lend {
            KafkaErrorCode(
                rd_kafka_offsets_for_times(
                    $0.client, list.pointer, rest.librdkafkaMilliseconds))
        }
        var offsets: [KafkaPartition: Int64] = [:]
        for entry in list.entries where entry.code == .noError && entry.offset >= 0 {
            offsets[entry.partition] = entry.offset
        }
        if code != .noError && offsets.isEmpty {
            throw KafkaError(code, operation: "read the watermarks")
        }
        return offsets
    }
}
