import CRdKafka

/// A consumer group that a broker has listed.
package struct KafkaGroup: Sendable, Hashable {
    package let id: String
    /// The broker's word, such as `Stable` or `Empty`.
    package let state: String
    package let members: Int

    package init(id: String, state: String, members: Int) {
        self.id = id
        self.state = state
        self.members = members
    }
}

extension KafkaObserver {
    /// What `group` has committed, without joining it; partitions without a commit are left out.
    /// - Throws: `KafkaError` if the group's coordinator has not answered within `timeout`.
    package func committedOffsets(
        group: String, partitions: some Collection<KafkaPartition> & Sendable,
        timeout: Duration = .seconds(5)
    ) async throws -> [KafkaPartition: Int64] {
        guard !partitions.isEmpty else { return [:] }
        let operation = "read the offsets of the group \(group)"
        let list = PartitionList(partitions)
        let committed = try handle.lend { loan in
            let queue = rd_kafka_queue_new(loan.client)
            defer { rd_kafka_queue_destroy(queue) }
            let options = rd_kafka_AdminOptions_new(
                loan.client, RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS)
            defer { rd_kafka_AdminOptions_destroy(options) }
            var reason = [CChar](repeating: 0, count: 256)
            rd_kafka_AdminOptions_set_request_timeout(
                options, max(timeout.librdkafkaMilliseconds, 1), &reason, reason.count)
            var request = rd_kafka_ListConsumerGroupOffsets_new(group, list.pointer)
            defer { rd_kafka_ListConsumerGroupOffsets_destroy(request) }
            rd_kafka_ListConsumerGroupOffsets(loan.client, &request, 1, options, queue)
            // A little longer than the request's own limit, which brings the better error.
            guard
                let event = rd_kafka_queue_poll(queue, timeout.librdkafkaMilliseconds &+ 500)
            else { throw KafkaError(.timedOut, operation: operation) }
            defer { rd_kafka_event_destroy(event) }
            return try entries(of: event, operation: operation)
        }
        var offsets: [KafkaPartition: Int64] = [:]
        for entry in committed where entry.code == .noError && entry.offset >= 0 {
            offsets[entry.partition] = entry.offset
        }
        if offsets.isEmpty, let refused = committed.first(where: { $0.code != .noError }) {
            throw KafkaError(refused.code, operation: operation, partition: refused.partition)
        }
        return offsets
    }

    /// The groups that the brokers know.
    /// - Throws: `KafkaError` with the code `unsupportedFeature` if the brokers do not list groups
    ///   (the mock cluster does not); any other if they have not answered within `timeout`.
    package func groups(timeout: Duration = .seconds(5)) async throws -> [KafkaGroup] {
        try handle.lend { loan in
            var list: UnsafePointer<rd_kafka_group_list>?
            let code = rd_kafka_list_groups(
                loan.client, nil, &list, timeout.librdkafkaMilliseconds)
            defer { if let list { rd_kafka_group_list_destroy(list) } }
            // With `PARTIAL` some brokers have not answered; what is there is still worth having.
            guard let list,
                code == RD_KAFKA_RESP_ERR_NO_ERROR || code == RD_KAFKA_RESP_ERR__PARTIAL
            else { throw KafkaError(KafkaErrorCode(code), operation: "list the groups") }
            let groups = UnsafeBufferPointer(
                start: list.pointee.groups, count: Int(list.pointee.group_cnt))
            return groups.map { group in
                KafkaGroup(
                    id: group.group.map { String(cString: $0) } ?? "",
                    state: group.state.map { String(cString: $0) } ?? "",
                    members: Int(group.member_cnt))
            }.sorted { $0.id < $1.id }
        }
    }

    private func entries(
        of event: OpaquePointer, operation: String
    ) throws -> [PartitionEntry] {
        let code = KafkaErrorCode(rd_kafka_event_error(event))
        guard code == .noError else {
            let text = rd_kafka_event_error_string(event).map { String(cString: $0) }
            throw KafkaError(
                code, operation: operation, text: text.map(handle.sink.scrubber.scrub))
        }
        var count = 0
        guard let result = rd_kafka_event_ListConsumerGroupOffsets_result(event),
            let groups = rd_kafka_ListConsumerGroupOffsets_result_groups(result, &count), count > 0
        else { return [] }
        if let error = rd_kafka_group_result_error(groups[0]) {
            throw KafkaError(KafkaErrorCode(rd_kafka_error_code(error)), operation: operation)
        }
        guard let list = rd_kafka_group_result_partitions(groups[0]) else { return [] }
        return PartitionList.entries(of: list)
    }
}
