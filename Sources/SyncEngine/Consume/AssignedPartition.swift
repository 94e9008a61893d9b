import Kafka
import Postgres

/// One partition that this consumer holds: its place, and what has been read and not yet applied.
struct AssignedPartition: Sendable {
    var position: PartitionPosition
    /// Read, in order, not decoded.
    private(set) var messages: [KafkaMessage] = []
    /// Decoded, and left over from a batch that ended before them. They come before `messages`.
    var leftOver: [Delivery] = []
    private(set) var bytes = 0
    /// Stopped because too much waits to be applied.
    var isHeldBack = false
    /// Set while an operator or a flood has paused it.
    var pause: Pause?
    var flood: FloodDetector
    /// The offset that Kafka has been told.
    var mirroredOffset: Int64

    /// A pause, which stands in the database so that everybody sees it.
    struct Pause: Sendable {
        var reason: String
        /// When it was known to be stored; nil while it stands in this process only. What was read
        /// from the database before that cannot take it back.
        var storedAt: ContinuousClock.Instant?
    }

    init(position: PartitionPosition, pauseReason: String?, flood: FloodDetector) {
        self.position = position
        pause = pauseReason.map { Pause(reason: $0, storedAt: .now) }
        self.flood = flood
        // Nothing is known of what Kafka was told before: it is told anew.
        mirroredOffset = -1
    }

    var hasWork: Bool { pause == nil && (!messages.isEmpty || !leftOver.isEmpty) }
    var waitingMessages: Int { messages.count + leftOver.count }

    mutating func append(_ message: KafkaMessage) {
        messages.append(message)
        bytes += Self.size(message)
    }

    /// Takes the next messages: at most `count`, and not far over `bytes` of values.
    mutating func take(atMost count: Int, bytes limit: Int) -> [KafkaMessage] {
        var taken = 0
        var size = 0
        for message in messages.prefix(count) {
            taken += 1
            size += Self.size(message)
            if size >= limit { break }
        }
        let batch = Array(messages.prefix(taken))
        messages.removeFirst(taken)
        bytes -= size
        return batch
    }

    private static func size(_ message: KafkaMessage) -> Int {
        (message.value?.count ?? 0) + (message.key?.count ?? 0) + 64
    }
}
