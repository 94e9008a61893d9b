/// Where a message of the catalog topic stands.
package struct Position: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let partition: Int32
    package let offset: Int64

    package init(partition: Int32, offset: Int64) {
        self.partition = partition
        self.offset = offset
    }

    package static func < (left: Position, right: Position) -> Bool {
        (left.partition, left.offset) < (right.partition, right.offset)
    }

    package var description: String { "\(partition)/\(offset)" }
}

/// A message that the broker confirmed, with the place that it gave it.
package struct Delivery: Sendable {
    package let message: TrafficMessage
    package let position: Position

    package init(message: TrafficMessage, position: Position) {
        self.message = message
        self.position = position
    }
}

/// What must have become of a delivery once everything is drained.
package enum DeliveryOutcome: Sendable, Hashable {
    /// `effect` is `created`, `updated`, `deprecated` or `unchanged`.
    case processed(effect: String, warned: Bool)
    /// `reason` is `stale`, `superseded` or `unknown_event_type`.
    case skipped(reason: String)
    case held
    /// `attempts` is 1 where waiting cannot help, otherwise the first and all retries.
    case deadLettered(reason: String, attempts: Int)
    /// Its event id and its bytes had been seen: no row of its own in the log.
    case duplicate
}

/// A dead letter that must stand in the database.
package struct ModelledLetter: Sendable {
    package let position: Position
    package let message: TrafficMessage
    package let reason: String
    package let attempts: Int
    /// A correction with the same event id arrived.
    package var isResolved = false
}

/// A service as it must stand in the database.
package struct ModelledService: Sendable {
    /// Values by column of `service_catalog`; times are microseconds since 1970.
    package var columns: [String: JSONTree]
    /// The breaking change that waits for a person.
    package var openItem: OpenItem?

    package struct OpenItem: Sendable {
        /// Of the event that opened it; nil if a file did.
        package let position: Position?
        package let proposed: [String: JSONTree]
        package let reasons: Set<BreakingChange>
        package let comesBack: Bool
    }
}
