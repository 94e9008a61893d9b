import CRdKafka

extension KafkaConsumer {
    private static let seekTimeoutMilliseconds: Int32 = 2_000

    /// Starts reading the partitions that the group has given, from these offsets. Replaces what was
    /// read before; partitions that are left out are owned and not read.
    ///
    /// - Parameter generation: the poll's that brought `.assigned`.
    /// - Parameter reading: a number of the caller's; polls say under which one they were read, so
    ///   that what was read before a new start is not taken for what comes after it.
    /// - Returns: false if the group has decided anew since, so that the offsets are for nobody.
    @discardableResult
    package func assign(
        _ offsets: [KafkaPartitionOffset], generation: Int, reading: Int = 0
    ) throws -> Bool {
        guard generation == ownership.generation else { return false }
        let accepted = ownership.start(offsets, reading: reading)
        try resumeInLibrary(accepted.map(\.partition))
        try assignInLibrary(accepted)
        return true
    }

    /// Gives up what has been revoked; the group waits for it.
    package func unassign() throws {
        let code = try handle.lend { KafkaErrorCode(rd_kafka_assign($0.client, nil)) }
        try Self.check(code, operation: "give up the assignment")
    }

    /// Stops delivering these partitions; what has been fetched of them is fetched again later.
    package func pause(_ partitions: [KafkaPartition]) throws {
        let read = partitions.filter { ownership.positions[$0] != nil }
        ownership.pause(read)
        guard !read.isEmpty else { return }
        try pauseInLibrary(read)
    }

    /// Goes on with these partitions, at the offset behind the last delivered message or at the one
    /// that was sought meanwhile.
    package func resume(_ partitions: [KafkaPartition]) throws {
        let resumed = partitions.filter { ownership.paused.contains($0) }
        guard !resumed.isEmpty else { return }
        // librdkafka 2.0.2 may forget a seek that a pause follows: the place is said anew.
        try place(ownership.resume(resumed))
        try resumeInLibrary(resumed)
    }

    /// Goes on at `offset`, also if the partition is paused, and then once it is resumed. Messages
    /// fetched before are not delivered any more.
    package func seek(_ partition: KafkaPartition, to offset: Int64) throws {
        guard ownership.positions[partition] != nil else {
            throw KafkaError(
                .state, operation: "seek", text: "the partition is not being read",
                partition: partition)
        }
        ownership.seek(partition, to: offset)
        if !ownership.paused.contains(partition) { try place([partition]) }
    }

    /// The partitions that the group has given to this consumer.
    package var assignment: [KafkaPartition] { ownership.owned }

    /// The paused ones among them.
    package var paused: Set<KafkaPartition> { ownership.paused }

    /// The offset of the next message of each partition that is being read; `beginning` or `end` if
    /// none has been delivered since it was assigned so.
    package var position: [KafkaPartition: Int64] { ownership.positions }

    /// Takes over what the group has decided.
    ///
    /// An assignment is answered with an empty one: the member is then in steady state, where
    /// heartbeats and further rebalances go on for as long as the start offsets take to look up.
    /// Leaving it unanswered would hold up the whole group, and pausing would fetch first.
    func rebalance(_ event: OpaquePointer, _ loan: KafkaHandle.Loan) -> KafkaAssignmentChange {
        guard rd_kafka_event_error(event) == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS else {
            let lost = rd_kafka_assignment_lost(loan.client) != 0
            return .revoked(ownership.revoked(), lost: lost)
        }
        let partitions =
            rd_kafka_event_topic_partition_list(event)
            .map { PartitionList.entries(of: $0).map(\.partition).sorted() } ?? []
        ownership.assigned(partitions)
        let none = PartitionList([KafkaPartitionOffset]())
        rd_kafka_assign(loan.client, none.pointer)
        return .assigned(partitions)
    }

    /// Has librdkafka fetch these partitions from the offset that is next for each.
    private func place(_ partitions: [KafkaPartition]) throws {
        let offsets = partitions.compactMap { partition in
            ownership.positions[partition].map { KafkaPartitionOffset(partition, offset: $0) }
        }
        guard !offsets.isEmpty else { return }
        let list = PartitionList(offsets)
        let failed = try handle.lend { loan in
            let error = rd_kafka_seek_partitions(
                loan.client, list.pointer, Self.seekTimeoutMilliseconds)
            defer { if let error { rd_kafka_error_destroy(error) } }
            return error != nil || list.entries.contains { $0.code != .noError }
        }
        // A partition that has stopped, for want of an offset say, refuses to seek: start all anew.
        if failed {
            try assignInLibrary(ownership.restart)
            try pauseInLibrary(Array(ownership.paused))
        }
    }

    private func assignInLibrary(_ offsets: [KafkaPartitionOffset]) throws {
        let list = PartitionList(offsets)
        let code = try handle.lend { KafkaErrorCode(rd_kafka_assign($0.client, list.pointer)) }
        try Self.check(code, operation: "assign partitions")
    }

    private func pauseInLibrary(_ partitions: [KafkaPartition]) throws {
        let list = PartitionList(partitions)
        let code = try handle.lend {
            KafkaErrorCode(rd_kafka_pause_partitions($0.client, list.pointer))
        }
        try Self.check(code, operation: "pause partitions")
    }

    private func resumeInLibrary(_ partitions: [KafkaPartition]) throws {
        let list = PartitionList(partitions)
        let code = try handle.lend {
            KafkaErrorCode(rd_kafka_resume_partitions($0.client, list.pointer))
        }
        try Self.check(code, operation: "resume partitions")
    }

    private static func check(_ code: KafkaErrorCode, operation: String) throws {
        if code != .noError { throw KafkaError(code, operation: operation) }
    }
}
