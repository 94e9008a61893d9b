import Kafka
import Postgres

/// Looks at where the consumer groups stand: ours by what is stored, with the brokers' watermarks
/// where they can be asked and otherwise those that an engine has noted; others by what they have
/// committed.
package struct LagProbe: Sendable {
    private let settings: LagSettings
    private let observer: KafkaObserver?

    package init(settings: LagSettings, observer: KafkaObserver?) {
        self.settings = settings
        self.observer = observer
    }

    /// One look, added to the history that rates and statuses are taken from. Brokers that do not
    /// answer in time are done without.
    ///
    /// - Throws: `PostgresError`.
    package func take(
        _ connection: PostgresConnection, _ history: inout LagHistory,
        brokerTimeout: Duration = .seconds(3)
    ) async throws -> [LagRow] {
        let broker = try? await broker(timeout: brokerTimeout)
        let positions = try await positions(connection, broker: broker)
        return history.assess(positions, now: .now)
    }

    /// Two looks, so that there are rates. Throws `PostgresError`, and when it is cancelled.
    package func take(
        _ connection: PostgresConnection, over time: Duration
    ) async throws -> [LagRow] {
        var history = LagHistory()
        _ = try await take(connection, &history)
        try await Task.sleep(for: time)
        return try await take(connection, &history)
    }

    func positions(
        _ connection: PostgresConnection, broker: BrokerOffsets?
    ) async throws -> [LagPosition] {
        let rows = try await connection.query(
            ProbeSQL.lagOffsets, [.text(ifPresent: broker?.clusterID)])
        let now = Timestamp.now
        let stored = try rows.decoded { try LagPosition(&$0, now: now) }
        return LagPosition.merged(stored: stored, broker: broker, settings: settings)
    }

    /// What the brokers say of all watched topics and groups; nil without an observer.
    ///
    /// - Throws: `KafkaError` if they have not answered.
    func broker(timeout: Duration) async throws -> BrokerOffsets? {
        guard let observer else { return nil }
        var partitions: [KafkaPartition] = []
        for topic in settings.topics.sorted() {
            let found = try await observer.metadata(topic: topic, timeout: timeout).topics
            for entry in found where entry.error == nil {
                partitions += entry.partitions.map {
                    KafkaPartition(topic: entry.name, partition: $0.id)
                }
            }
        }
        var offsets = BrokerOffsets(
            clusterID: try await observer.clusterId(timeout: timeout), readAt: .now)
        let marks = try await observer.watermarks(of: partitions, timeout: timeout)
        offsets.watermarks = marks.mapValues { .init(low: $0.low, high: $0.high) }
        for watched in settings.watched {
            let ofGroup = partitions.filter { watched.topics.contains($0.topic) }
            // A group whose coordinator is away must not hide the others.
            offsets.committed[watched.group] =
                try? await observer.committedOffsets(
                    group: watched.group, partitions: ofGroup, timeout: timeout)
        }
        return offsets
    }
}

extension LagPosition {
    /// Clocks further apart than this are brought together.
    private static let tolerableSkew: Duration = .seconds(2)

    /// From a row of `lag_offsets.sql`, its times as this computer's clock would have told them.
    init(_ columns: inout ColumnReader, now: Timestamp) throws {
        let group: String = try columns.next()
        let topic: String = try columns.next()
        let partition: Int64 = try columns.next()
        self.init(
            group: group,
            partition: KafkaPartition(topic: topic, partition: Int32(clamping: partition)),
            currentOffset: try columns.next(), isOurs: true)
        lowWatermark = try columns.next()
        endOffset = try columns.next()
        measuredAt = try columns.next()
        engineID = try columns.next()
        pausedReason = try columns.next()
        pausedAt = try columns.next()
        advancedAt = try columns.next()
        let heartbeat: Timestamp? = try columns.next()
        seenAt = [advancedAt, heartbeat].compactMap { $0 }.max()
        let skew = now.since(try columns.next())
        pausedBy = try columns.next()
        let (offset, from): (Int64?, Int64?) = (try columns.next(), try columns.next())
        let by: String? = try columns.next()
        let at: Timestamp? = try columns.next()
        let reason: String? = try columns.next()
        if let offset, let by, let at {
            lastSeek = SeekRow(offset: offset, from: from, by: by, at: at, reason: reason)
        }
        guard skew > Self.tolerableSkew || skew < .zero - Self.tolerableSkew else { return }
        measuredAt = measuredAt?.advanced(by: skew)
        advancedAt = advancedAt?.advanced(by: skew)
        seenAt = seenAt?.advanced(by: skew)
    }
}
