import Probes

/// Where an event stands in its topic.
package struct EventPosition: Hashable, Sendable {
    package var topic: String
    package var partition: Int32
    package var offset: Int64

    package init(topic: String, partition: Int32, offset: Int64) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
    }
}

/// The newest decided event of an entity: applied, held, refused again, or taken from a file.
package struct StreamMark: Hashable, Sendable {
    package var timestamp: Timestamp
    /// Nil if it was not an event (a file's `as_of`).
    package var position: EventPosition?

    package init(timestamp: Timestamp, position: EventPosition?) {
        self.timestamp = timestamp
        self.position = position
    }
}

/// Which events come too late to be decided.
package enum StaleRule {
    /// True for an event older than the newest decided one, or of the same time and from an earlier
    /// offset of the same partition. Across partitions offsets say nothing, so a tie is not stale.
    package static func isStale(
        timestamp: Timestamp, position: EventPosition, mark: StreamMark?
    ) -> Bool {
        guard let mark else { return false }
        if timestamp != mark.timestamp { return timestamp < mark.timestamp }
        guard let decided = mark.position, decided.topic == position.topic,
            decided.partition == position.partition
        else { return false }
        return position.offset < decided.offset
    }

    /// The mark after an event was decided. It never moves back: an old letter that an admin
    /// applies on purpose must not make newer decisions forgotten.
    package static func mark(
        after mark: StreamMark?, deciding timestamp: Timestamp, at position: EventPosition
    ) -> StreamMark {
        guard let mark else { return StreamMark(timestamp: timestamp, position: position) }
        let isOlder = isStale(timestamp: timestamp, position: position, mark: mark)
        return isOlder ? mark : StreamMark(timestamp: timestamp, position: position)
    }
}
