import Kafka
import Postgres

/// How far the engine is behind the broker, and what it has not finished.
struct EngineProgress: Sendable {
    /// Messages not applied yet, by partition.
    let lags: [Int32: Int64]
    /// Events that wait for a retry, or behind one.
    let pending: Int64
    /// Dead letters and internal events that are not on their topics yet.
    let unpublished: Int64

    var isDrained: Bool {
        pending == 0 && unpublished == 0 && lags.values.allSatisfy { $0 == 0 }
    }

    static func take(
        _ connection: PostgresConnection, _ observer: KafkaObserver
    ) async throws -> EngineProgress {
        let ends = try await BrokerMarks.take(observer).catalogEnds
        let row = try await connection.query(
            DemoSQL.progress, [.text(DemoTopics.group), .text(DemoTopics.catalog)]
        ).only()
        let partitions = try row.ints("partitions")
        let offsets = try row.ints("offsets")
        var lags = ends
        for (partition, offset) in zip(partitions, offsets) {
            lags[Int32(partition), default: 0] -= offset
        }
        return EngineProgress(
            lags: lags, pending: try row.int("pending"), unpublished: try row.int("unpublished"))
    }
}
