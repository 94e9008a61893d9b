import Kafka
import Synchronization

/// Settings and records for tests against a mock cluster.
package enum KafkaFixtures {
    /// Short sessions, so that what takes a session to notice is noticed soon.
    package static func settings(
        _ cluster: MockCluster, _ properties: [String: String] = [:]
    ) -> KafkaSettings {
        let short = [
            "session.timeout.ms": "6000", "heartbeat.interval.ms": "500",
            "max.poll.interval.ms": "60000",
        ]
        return KafkaSettings(
            brokers: cluster.brokers, properties: short.merging(properties) { _, new in new },
            clientId: "test")
    }

    /// Records whose keys and values say their number.
    package static func records(
        _ numbers: Range<Int>, topic: String, partition: Int32? = nil
    ) -> [KafkaRecord] {
        numbers.map {
            KafkaRecord(
                topic: topic, partition: partition, key: Array("k\($0)".utf8),
                value: Array("\($0)".utf8))
        }
    }

    package static func partitions(_ topic: String, _ numbers: Range<Int32>) -> [KafkaPartition] {
        numbers.map { KafkaPartition(topic: topic, partition: $0) }
    }
}

/// Keeps what a client logs.
package final class KafkaLogRecorder: Sendable {
    private let kept = Mutex<[KafkaLogEntry]>([])

    package init() {}

    package var entries: [KafkaLogEntry] { kept.withLock { $0 } }

    package var sink: @Sendable (KafkaLogEntry) -> Void {
        { entry in self.kept.withLock { $0.append(entry) } }
    }
}

extension KafkaConsumer {
    /// Polls until `enough` says so of everything that has come, answering revocations, and
    /// assignments by starting every partition at `offset` (nil: leaves them unanswered).
    @discardableResult
    package func collect(
        from offset: Int64? = KafkaPartitionOffset.beginning, within limit: Duration,
        _ what: String = "messages", until enough: ([KafkaPoll]) async throws -> Bool
    ) async throws -> [KafkaPoll] {
        let end = ContinuousClock.now + limit * Patience.onBusyMachines
        var polls: [KafkaPoll] = []
        while true {
            let poll = try await poll(wait: .milliseconds(50))
            for change in poll.changes {
                switch change {
                case .assigned(let partitions):
                    guard let offset else { continue }
                    try assign(
                        partitions.map { KafkaPartitionOffset($0, offset: offset) },
                        generation: poll.generation)
                case .revoked: try unassign()
                }
            }
            if !poll.isEmpty { polls.append(poll) }
            if try await enough(polls) { return polls }
            guard ContinuousClock.now < end else { throw KafkaWaitedTooLong(what: what) }
        }
    }

    /// Polls until the group has assigned something, and starts it at `offset`.
    @discardableResult
    package func join(
        from offset: Int64? = KafkaPartitionOffset.beginning, within limit: Duration = .seconds(20)
    ) async throws -> [KafkaPartition] {
        let polls = try await collect(from: offset, within: limit, "assignment") {
            $0.assigned != nil
        }
        return polls.assigned ?? []
    }

    /// Everything that comes within `time`.
    package func everything(
        for time: Duration, from offset: Int64? = KafkaPartitionOffset.beginning
    ) async throws -> [KafkaPoll] {
        let end = ContinuousClock.now + time
        return try await collect(from: offset, within: time + .seconds(1)) { _ in
            ContinuousClock.now >= end
        }
    }
}

extension [KafkaPoll] {
    package var messages: [KafkaMessage] { flatMap(\.messages) }
    package var changes: [KafkaAssignmentChange] { flatMap(\.changes) }
    package var errors: [KafkaError] { flatMap(\.errors) }

    /// What the last assignment among them gave.
    package var assigned: [KafkaPartition]? {
        changes.compactMap { change -> [KafkaPartition]? in
            if case .assigned(let partitions) = change { return partitions }
            return nil
        }.last
    }
}
