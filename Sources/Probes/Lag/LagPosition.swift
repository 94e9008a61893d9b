import Kafka

/// Where one group stands in one partition, as far as it is known.
struct LagPosition: Sendable, Equatable {
    var group: String
    var partition: KafkaPartition
    /// The next offset to read; nil if the group has none there.
    var currentOffset: Int64?
    var lowWatermark: Int64?
    var endOffset: Int64?
    /// When the watermarks were read.
    var measuredAt: Timestamp?
    /// The last sign of life of whoever reads this partition: an advance, or an engine's heartbeat.
    var seenAt: Timestamp?
    /// When the offset was last moved; nil where that is not told.
    var advancedAt: Timestamp?
    var isOurs: Bool
    var pausedReason: String?
    var pausedAt: Timestamp?
    var pausedBy: String?
    var lastSeek: SeekRow?
    var engineID: Int64?

    var id: String { "\(group) \(partition)" }

    /// Messages that wait; nil where it is not known. A group of ours that has read nothing yet
    /// begins with the oldest message.
    var lagMessages: Int64? {
        guard let endOffset else { return nil }
        if let currentOffset { return max(0, endOffset - currentOffset) }
        guard isOurs, let lowWatermark else { return nil }
        return max(0, endOffset - lowWatermark)
    }
}

/// What the brokers say.
struct BrokerOffsets: Sendable, Equatable {
    struct Watermarks: Sendable, Equatable {
        var low: Int64
        var high: Int64
    }

    var clusterID: String?
    var watermarks: [KafkaPartition: Watermarks] = [:]
    /// By group.
    var committed: [String: [KafkaPartition: Int64]] = [:]
    var readAt: Timestamp
}

extension LagPosition {
    /// The stored positions of our groups, the watermarks taken from the brokers where they are
    /// newer than the stored ones, and the positions that other groups have committed.
    static func merged(
        stored: [LagPosition], broker: BrokerOffsets?, settings: LagSettings
    ) -> [LagPosition] {
        guard let broker else { return stored }
        var positions = stored
        for index in positions.indices {
            if let marks = broker.watermarks[positions[index].partition] {
                positions[index].take(marks, readAt: broker.readAt)
            }
        }
        let known = Set(stored.map(\.id))
        for (partition, marks) in broker.watermarks
        where settings.ownTopics.contains(partition.topic) {
            var position = LagPosition(group: settings.ownGroup, partition: partition, isOurs: true)
            guard !known.contains(position.id) else { continue }
            position.take(marks, readAt: broker.readAt)
            positions.append(position)
        }
        for watched in settings.watched {
            let committed = broker.committed[watched.group] ?? [:]
            for (partition, marks) in broker.watermarks
            where watched.topics.contains(partition.topic) {
                var position = LagPosition(
                    group: watched.group, partition: partition,
                    currentOffset: committed[partition], isOurs: false)
                position.take(marks, readAt: broker.readAt)
                positions.append(position)
            }
        }
        return positions.sorted { ($0.group, $0.partition) < ($1.group, $1.partition) }
    }

    private mutating func take(_ marks: BrokerOffsets.Watermarks, readAt: Timestamp) {
        if let measuredAt, measuredAt > readAt { return }
        lowWatermark = marks.low
        endOffset = marks.high
        measuredAt = readAt
    }

    init(group: String, partition: KafkaPartition, currentOffset: Int64? = nil, isOurs: Bool) {
        self.group = group
        self.partition = partition
        self.currentOffset = currentOffset
        self.isOurs = isOurs
    }
}
