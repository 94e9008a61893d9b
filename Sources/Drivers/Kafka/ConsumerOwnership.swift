/// What a consumer owns and how far it has read: decides what may be delivered.
struct ConsumerOwnership: Sendable {
    /// Counts assignments and revocations.
    private(set) var generation = 0
    /// The partitions that the group has given to this consumer.
    private(set) var owned: [KafkaPartition] = []
    /// The next offset to deliver, of the partitions that are being read.
    private(set) var positions: [KafkaPartition: Int64] = [:]
    private(set) var paused: Set<KafkaPartition> = []
    /// The caller's name for the start that is being read.
    private(set) var reading = 0
    /// The paused ones whose place was changed meanwhile.
    private var moved: Set<KafkaPartition> = []

    mutating func assigned(_ partitions: [KafkaPartition]) {
        generation += 1
        owned = partitions
        positions = [:]
        paused = []
        moved = []
    }

    /// Returns what has been taken away.
    mutating func revoked() -> [KafkaPartition] {
        let former = owned
        assigned([])
        return former
    }

    /// Reading starts at these offsets; what is not among the owned partitions is left out.
    mutating func start(
        _ offsets: [KafkaPartitionOffset], reading: Int = 0
    ) -> [KafkaPartitionOffset] {
        self.reading = reading
        let mine = Set(owned)
        let accepted = offsets.filter { mine.contains($0.partition) }
        positions = [:]
        paused = []
        moved = []
        for each in accepted { positions[each.partition] = each.offset }
        return accepted
    }

    mutating func seek(_ partition: KafkaPartition, to offset: Int64) {
        positions[partition] = offset
        if paused.contains(partition) { moved.insert(partition) }
    }

    mutating func pause(_ partitions: [KafkaPartition]) {
        paused.formUnion(partitions.filter { positions[$0] != nil })
    }

    /// Returns the partitions whose place the library has to be told anew: all but those that wait
    /// at the end, whose offset only the library knows.
    mutating func resume(_ partitions: [KafkaPartition]) -> [KafkaPartition] {
        defer {
            paused.subtract(partitions)
            moved.subtract(partitions)
        }
        return partitions.filter {
            moved.contains($0) || positions[$0] != KafkaPartitionOffset.end
        }
    }

    /// True if the message is the next of a partition that is being read; it counts as delivered
    /// then. What was fetched before a seek, a pause or a revocation is refused.
    mutating func accepts(_ message: KafkaMessage) -> Bool {
        let partition = message.topicPartition
        guard let position = positions[partition], message.offset >= position,
            !paused.contains(partition)
        else { return false }
        positions[partition] = message.offset + 1
        return true
    }

    /// The offsets to go on from, the logical ones for partitions that have delivered nothing yet.
    var restart: [KafkaPartitionOffset] {
        positions.sorted { $0.key < $1.key }.map { KafkaPartitionOffset($0.key, offset: $0.value) }
    }
}
