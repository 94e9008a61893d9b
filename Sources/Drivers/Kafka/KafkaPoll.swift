/// What one poll of a consumer has brought: its messages were read before its changes happened.
package struct KafkaPoll: Sendable {
    package internal(set) var messages: [KafkaMessage] = []
    /// At most one: a poll ends with a change, so that nothing read after it can be mixed in.
    package internal(set) var changes: [KafkaAssignmentChange] = []
    /// Troubles since the last poll, for the log; the consumer goes on by itself unless one is fatal.
    package internal(set) var errors: [KafkaError] = []
    /// Counts the assignments and revocations of this consumer. What was looked up for one
    /// generation is refused by `assign` in another.
    package internal(set) var generation: Int
    /// What the `assign` was called that the messages were read under.
    package internal(set) var reading = 0

    package init(
        messages: [KafkaMessage] = [], changes: [KafkaAssignmentChange] = [],
        errors: [KafkaError] = [], generation: Int = 0
    ) {
        self.messages = messages
        self.changes = changes
        self.errors = errors
        self.generation = generation
    }

    package var isEmpty: Bool { messages.isEmpty && changes.isEmpty && errors.isEmpty }
}

/// What the group has decided about this consumer.
///
///     (joining) ── assigned ──> owned, nothing is read ── assign(offsets) ──> reading
///         ^                        │ revoked                                     │ revoked
///         └────── unassign() ──────┴─────────────────────────────────────────────┘
package enum KafkaAssignmentChange: Sendable, Hashable {
    /// These partitions are owned now. Nothing is read until `assign` says from where; membership
    /// is kept for as long as the consumer is polled meanwhile.
    case assigned([KafkaPartition])
    /// These partitions are to be given up: finish, then call `unassign`, which the other members
    /// wait for. If `lost`, another member may own them already, and a commit would fail.
    case revoked([KafkaPartition], lost: Bool)
}
