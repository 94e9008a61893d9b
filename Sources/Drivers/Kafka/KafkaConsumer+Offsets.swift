import CRdKafka

extension KafkaConsumer {
    /// Commits offsets (of the next message to read) to the group and waits for the answer, without
    /// holding up polls.
    /// - Throws: `KafkaError` for the first partition that was refused, or if `timeout` has passed.
    package func commit(
        _ offsets: [KafkaPartitionOffset], timeout: Duration = .seconds(10)
    ) async throws {
        guard !offsets.isEmpty else { return }
        let answer = Answer<CommitLedger.Outcome>()
        let number = try send(offsets, answer: answer)
        guard let outcome = await answer.value(within: timeout) else {
            handle.sink.commits.remove(number)
            throw KafkaError(.timedOut, operation: "commit offsets")
        }
        if let refused = outcome.first(where: { $0.code != .noError }) {
            throw KafkaError(
                refused.code, operation: "commit offsets", partition: refused.partition)
        }
    }

    /// Sends offsets to be committed without waiting; a refusal appears among the errors of a later
    /// poll.
    package func commitAsync(_ offsets: [KafkaPartitionOffset]) throws {
        guard !offsets.isEmpty else { return }
        let answer = Answer<CommitLedger.Outcome>()
        try send(offsets, answer: answer)
        let sink = handle.sink
        Task {
            let refused = await answer.value()?.first { $0.code != .noError }
            if let refused {
                sink.note(
                    KafkaError(
                        refused.code, operation: "commit offsets", partition: refused.partition))
            }
        }
    }

    /// The cluster's id, for which it waits no longer than `timeout`, blocking polls; nil if no
    /// broker has said it by then.
    package func clusterId(timeout: Duration = .seconds(2)) throws -> String? {
        try handle.clusterId(timeout: timeout)
    }

    /// This member's id in the group; nil before it has joined.
    package nonisolated var memberId: String? {
        try? handle.lend { loan in
            guard let id = rd_kafka_memberid(loan.client) else { return nil }
            defer { rd_kafka_mem_free(loan.client, id) }
            let text = String(cString: id)
            return text.isEmpty ? nil : text
        }
    }

    @discardableResult
    private func send(
        _ offsets: [KafkaPartitionOffset], answer: Answer<CommitLedger.Outcome>
    ) throws -> UInt {
        let ledger = handle.sink.commits
        let number = ledger.add(answer)
        let list = PartitionList(offsets)
        do {
            let code = try handle.lend { loan in
                KafkaErrorCode(
                    rd_kafka_commit_queue(
                        loan.client, list.pointer, loan.background, nil,
                        UnsafeMutableRawPointer(bitPattern: number)))
            }
            if code != .noError { throw KafkaError(code, operation: "commit offsets") }
        } catch {
            ledger.remove(number)
            throw error
        }
        return number
    }
}

extension KafkaHandle {
    /// Blocks for at most `timeout`.
    func clusterId(timeout: Duration) throws -> String? {
        try lend { loan in
            guard let id = rd_kafka_clusterid(loan.client, timeout.librdkafkaMilliseconds) else {
                return nil
            }
            defer { rd_kafka_mem_free(loan.client, id) }
            return String(cString: id)
        }
    }
}
