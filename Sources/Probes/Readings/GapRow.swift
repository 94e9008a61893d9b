/// A stretch of a partition that was not read: gone before it could be, or skipped by somebody.
package struct GapRow: Sendable, Equatable, Identifiable, Codable {
    package enum Kind: String, Sendable, Codable {
        case retention
        case topicRecreated = "topic_recreated"
        case skipped
    }

    package var id: Int64
    package var topic: String
    package var partition: Int
    package var kind: Kind
    package var storedOffset: Int64
    package var resumedOffset: Int64
    /// Null where the broker cannot tell (a recreated topic).
    package var lostEvents: Int64?
    package var detectedAt: Timestamp
    /// Who skipped it; nil for what was lost.
    package var skippedBy: String?

    package init(
        id: Int64, topic: String, partition: Int, kind: Kind, storedOffset: Int64,
        resumedOffset: Int64, lostEvents: Int64?, detectedAt: Timestamp,
        skippedBy: String? = nil
    ) {
        self.id = id
        self.topic = topic
        self.partition = partition
        self.kind = kind
        self.storedOffset = storedOffset
        self.resumedOffset = resumedOffset
        self.lostEvents = lostEvents
        self.detectedAt = detectedAt
        self.skippedBy = skippedBy
    }
}
