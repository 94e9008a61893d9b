import Kafka
import Probes

/// What the broker says of partitions when somebody asks for a place in them.
package struct BrokerOffsets: Sendable {
    /// Nil where it does not answer.
    package var clusterID: @Sendable () async -> String?
    /// The oldest offset and one past the newest; throws where no broker answers.
    package var watermarks:
        @Sendable ([KafkaPartition]) async throws -> [KafkaPartition: (low: Int64, high: Int64)]
    /// The first offset of a moment or later; partitions that have none, and brokers that cannot
    /// search by time, leave it out.
    package var offsets:
        @Sendable ([KafkaPartition], Timestamp) async throws -> [KafkaPartition: Int64]

    package init(
        clusterID: @escaping @Sendable () async -> String?,
        watermarks:
            @escaping @Sendable ([KafkaPartition]) async throws
            -> [KafkaPartition: (low: Int64, high: Int64)],
        offsets:
            @escaping @Sendable ([KafkaPartition], Timestamp) async throws
            -> [KafkaPartition: Int64]
    ) {
        self.clusterID = clusterID
        self.watermarks = watermarks
        self.offsets = offsets
    }

    package init(_ observer: KafkaObserver) {
        clusterID = { try? await observer.clusterId(timeout: .seconds(3)) }
        watermarks = { try await observer.watermarks(of: $0, timeout: .seconds(3)) }
        offsets = { partitions, moment in
            try await observer.offsets(
                of: partitions, at: moment.microseconds / 1_000, timeout: .seconds(3))
        }
    }

    /// Where no broker is configured.
    package static let none = BrokerOffsets(
        clusterID: { nil }, watermarks: { _ in [:] }, offsets: { _, _ in [:] })
}
