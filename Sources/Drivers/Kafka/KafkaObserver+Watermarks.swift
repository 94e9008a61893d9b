import CRdKafka

extension KafkaObserver {
    private typealias Watermarks = [KafkaPartition: (low: Int64, high: Int64)]

    /// The oldest offset (`low`) and the one behind the newest message (`high`) of each partition,
    /// in two requests to each broker however many partitions there are.
    ///
    /// A partition that does not exist or whose leader cannot be reached is left out of the answer.
    /// - Throws: `KafkaError` if nothing has been answered within `timeout`.
    package func watermarks(
        of partitions: some Collection<KafkaPartition> & Sendable,
        timeout: Duration = .seconds(5)
    ) async throws -> [KafkaPartition: (low: Int64, high: Int64)] {
        guard !partitions.isEmpty else { return [:] }
        let end = ContinuousClock.now + timeout
        if !asksReachableLeadersOnly {
            // librdkafka answers for all partitions or for none: half the time is for the others.
            do {
                return try ask(Array(partitions), until: ContinuousClock.now + timeout / 2)
            } catch let error as KafkaError where error.verdict == .infrastructure {
                asksReachableLeadersOnly = true
            }
        }
        let reachable = try reachable(partitions, until: end)
        asksReachableLeadersOnly = reachable.count < partitions.count
        guard !reachable.isEmpty else {
            throw KafkaError(.transport, operation: "read the watermarks")
        }
        return try ask(reachable, until: end)
    }

    /// The first offset whose message is of a moment (milliseconds since the epoch) or later.
    ///
    /// A partition without such a message is left out, and so is every partition of brokers that
    /// cannot search by time (the mock cluster cannot).
    /// - Throws: `KafkaError` if nothing has been answered within `timeout`.
    package func offsets(
        of partitions: some Collection<KafkaPartition> & Sendable, at milliseconds: Int64,
        timeout: Duration = .seconds(5)
    ) async throws -> [KafkaPartition: Int64] {
        guard !partitions.isEmpty, milliseconds >= 0 else { return [:] }
        return try offsets(
            of: Array(partitions), at: milliseconds, until: ContinuousClock.now + timeout)
    }

    private func ask(
        _ partitions: [KafkaPartition], until end: ContinuousClock.Instant
    ) throws -> Watermarks {
        let lows = try offsets(of: partitions, at: KafkaPartitionOffset.beginning, until: end)
        let highs = try offsets(of: partitions, at: KafkaPartitionOffset.end, until: end)
        var watermarks: Watermarks = [:]
        for (partition, high) in highs {
            guard let low = lows[partition] else { continue }
            watermarks[partition] = (low, max(low, high))
        }
        return watermarks
    }

    /// The partitions whose leader is connected, by what the brokers that are say.
    private func reachable(
        _ partitions: some Collection<KafkaPartition>, until end: ContinuousClock.Instant
    ) throws -> [KafkaPartition] {
        let up = Set(brokerStates.filter(\.isUp).map(\.id))
        var leaders: [KafkaPartition: Int32] = [:]
        for topic in Set(partitions.map(\.topic)) {
            let rest = ContinuousClock.now.duration(to: end)
            for told in try readMetadata(topic: topic, timeout: rest).topics {
                for partition in told.partitions {
                    leaders[KafkaPartition(topic: told.name, partition: partition.id)] =
                        partition.leader
                }
            }
        }
        return partitions.filter { leaders[$0].map(up.contains) ?? false }
    }

    /// Kafka answers a query by time with the offset of the oldest or newest message if the time is
    /// one of the two logical offsets.
    private func offsets(
        of partitions: [KafkaPartition], at moment: Int64, until end: ContinuousClock.Instant
    ) throws -> [KafkaPartition: Int64] {
        let list = PartitionList(partitions, offset: moment)
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
