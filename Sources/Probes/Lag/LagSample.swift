/// One look at a partition: offsets in messages.
package struct LagSample: Sendable, Equatable {
    package var at: Timestamp
    package var currentOffset: Int64
    package var endOffset: Int64
    /// When the end offset was read, which may be earlier.
    package var measuredAt: Timestamp
    /// The last sign of life of whoever reads the partition; nil where none is told.
    package var seenAt: Timestamp?
    /// When the offset was last moved; nil where that is not told.
    package var advancedAt: Timestamp?

    package init(
        at: Timestamp, currentOffset: Int64, endOffset: Int64, measuredAt: Timestamp? = nil,
        seenAt: Timestamp? = nil, advancedAt: Timestamp? = nil
    ) {
        self.at = at
        self.currentOffset = currentOffset
        self.endOffset = endOffset
        self.measuredAt = measuredAt ?? at
        self.seenAt = seenAt
        self.advancedAt = advancedAt
    }

    package var lag: Int64 { max(0, endOffset - currentOffset) }
}
