/// One partition of one consumer group. Offsets and lag in messages, rates in messages per second.
package struct LagRow: Sendable, Equatable, Identifiable, Codable {
    package var group: String
    package var topic: String
    package var partition: Int
    /// The next offset to read; null if the group has none there yet.
    package var currentOffset: Int64?
    /// One past the newest message; null while the broker does not answer.
    package var endOffset: Int64?
    package var lowWatermark: Int64?
    package var lagMessages: Int64?
    package var status: LagStatus
    package var consumedPerSecond: Double?
    package var producedPerSecond: Double?
    /// At the present rates; null if it does not drain or is not known.
    package var drainSeconds: Double?
    /// True for the group this engine consumes with: its offset is the stored one.
    package var isOurs: Bool
    package var pausedReason: String?
    package var pausedAt: Timestamp?
    package var engineID: Int64?
    /// When the end offset was read. Its age is to be counted from the reading's `takenAt`: a newer
    /// measurement that says the same is not published.
    package var measuredAt: Timestamp?
    /// `SYNC_JOB` for the engine itself.
    package var pausedBy: String?
    package var lastSeek: SeekRow?

    package init(
        group: String, topic: String, partition: Int, currentOffset: Int64?, endOffset: Int64?,
        lowWatermark: Int64?, lagMessages: Int64?, status: LagStatus, consumedPerSecond: Double?,
        producedPerSecond: Double?, drainSeconds: Double?, isOurs: Bool, pausedReason: String?,
        pausedAt: Timestamp?, engineID: Int64?, measuredAt: Timestamp?
    ) {
        self.group = group
        self.topic = topic
        self.partition = partition
        self.currentOffset = currentOffset
        self.endOffset = endOffset
        self.lowWatermark = lowWatermark
        self.lagMessages = lagMessages
        self.status = status
        self.consumedPerSecond = consumedPerSecond
        self.producedPerSecond = producedPerSecond
        self.drainSeconds = drainSeconds
        self.isOurs = isOurs
        self.pausedReason = pausedReason
        self.pausedAt = pausedAt
        self.engineID = engineID
        self.measuredAt = measuredAt
    }

    /// What a cursor or a mark sticks to.
    package var id: String { "\(group) \(topic)/\(partition)" }
}

/// Burrow's statuses, as far as they can be told from offsets; see docs/lag.md.
package enum LagStatus: String, Sendable, CaseIterable, Codable {
    case ok, warn, stall, stop, rewind, paused, unknown
}
