import CRdKafka
import Synchronization

/// Where a handle's background thread brings logs, errors, delivery reports and commit results.
///
/// librdkafka calls it from its own threads; it copies, notes under a lock, and leaves.
final class KafkaEventSink: Sendable {
    private static let keptErrors = 64

    let client: String
    let scrubber: SecretScrubber
    let deliveries = DeliveryLedger()
    let commits = CommitLedger()
    private let log: @Sendable (KafkaLogEntry) -> Void
    private let tracker: Mutex<ConnectionTracker>
    private let errors = Mutex<[KafkaError]>([])

    init(client: String, settings: KafkaSettings, log: @escaping @Sendable (KafkaLogEntry) -> Void)
    {
        self.client = client
        self.scrubber = SecretScrubber(settings)
        self.log = log
        tracker = Mutex(ConnectionTracker(nowMicroseconds: wallClockMicroseconds()))
    }

    var connectionState: KafkaConnectionState {
        tracker.withLock { $0.state(nowMicroseconds: wallClockMicroseconds()) }
    }

    var brokerStates: [KafkaBrokerState] {
        tracker.withLock { $0.brokers.values.sorted { ($0.id, $0.name) < ($1.id, $1.name) } }
    }

    /// The errors since they were last taken; of a flood only the newest are kept.
    func takeErrors() -> [KafkaError] {
        errors.withLock { errors in
            defer { errors = [] }
            return errors
        }
    }

    func brokerEntered(_ state: String, name: String, id: Int32) {
        // librdkafka's own placeholder for "any broker".
        if name.hasPrefix(":") { return }
        tracker.withLock {
            $0.broker(
                name: name, id: id, entered: state, nowMicroseconds: wallClockMicroseconds())
        }
    }

    func note(_ error: KafkaError) {
        tracker.withLock { $0.failed(error) }
        errors.withLock {
            if $0.count == Self.keptErrors { $0.removeFirst() }
            $0.append(error)
        }
        // What befalls one connection librdkafka logs itself.
        if error.code == .transport { return }
        log(
            KafkaLogEntry(
                level: error.verdict == .fatal ? .critical : .error, facility: error.name,
                text: error.text))
    }

    /// Takes what one event of the background queue carries.
    func take(_ event: OpaquePointer) {
        switch rd_kafka_event_type(event) {
        case RD_KAFKA_EVENT_ERROR: note(error(of: event))
        case RD_KAFKA_EVENT_DR: deliveries.take(event, scrubber: scrubber)
        case RD_KAFKA_EVENT_OFFSET_COMMIT: commits.take(event)
        default: break
        }
    }

    /// What an error event says.
    func error(of event: OpaquePointer) -> KafkaError {
        let text = rd_kafka_event_error_string(event).map { String(cString: $0) }
        var partition: KafkaPartition?
        if let entry = rd_kafka_event_topic_partition(event) {
            partition = entry.pointee.topic.map {
                KafkaPartition(topic: String(cString: $0), partition: entry.pointee.partition)
            }
            rd_kafka_topic_partition_destroy(entry)
        }
        return KafkaError(
            KafkaErrorCode(rd_kafka_event_error(event)),
            operation: "keep \(client) in touch with Kafka",
            text: text.map(scrubber.scrub), isFatal: rd_kafka_event_error_is_fatal(event) != 0,
            partition: partition)
    }

    /// Takes a line of the library's log.
    func take(level: Int32, facility: UnsafePointer<CChar>?, text: UnsafePointer<CChar>?) {
        let entry = KafkaLogEntry(
            level: KafkaLogEntry.Level(rawValue: level) ?? .informational,
            facility: facility.map { String(cString: $0) } ?? "",
            text: scrubber.scrub(text.map { String(cString: $0) } ?? ""))
        // One set of properties serves consumers, producers and observers: that a consumer's
        // property means nothing to a producer is not news.
        if entry.facility == "CONFWARN" && entry.text.contains("will be ignored by") { return }
        log(entry)
    }
}
