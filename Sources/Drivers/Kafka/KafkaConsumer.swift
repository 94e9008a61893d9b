import CRdKafka
import Synchronization

/// A member of a consumer group, on a thread of its own.
///
/// It never moves an offset by itself: nothing is committed, nothing is reset, and nothing is read
/// before `assign` has said from where. It has to be polled all the time, also while there is nothing
/// to assign yet or everything is paused: a member that is not polled for `max.poll.interval.ms` is
/// thrown out, is told so by `poll`, and joins again with its next polls. Assignment is eager and by
/// range.
///
///     let poll = try await consumer.poll(wait: .milliseconds(200))
///     apply(poll.messages)
///     for change in poll.changes {
///         switch change {
///         case .assigned(let partitions): lookUp(partitions, poll.generation)  // then assign(…)
///         case .revoked: try await consumer.unassign()
///         }
///     }
package actor KafkaConsumer {
    let handle: KafkaHandle
    var ownership = ConsumerOwnership()
    var topics = TopicNames()
    private let thread: KafkaThread
    private let lastPoll = Mutex<Int64?>(nil)

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        thread.asUnownedSerialExecutor()
    }

    private init(handle: KafkaHandle, thread: KafkaThread) {
        self.handle = handle
        self.thread = thread
    }

    /// Joins `group` for `topics`; returns before the group has answered.
    ///
    /// `auto.offset.reset` is `error` unless the settings say otherwise: an offset that the broker
    /// no longer has is reported, and the partition stands still until `seek` or `assign`.
    /// - Parameter log: gets librdkafka's log, on a thread of the library; must return at once.
    /// - Throws: `KafkaError`, naming the property if one is not valid.
    package static func start(
        settings: KafkaSettings, group: String, topics: [String],
        log: @escaping @Sendable (KafkaLogEntry) -> Void
    ) throws -> KafkaConsumer {
        let handle = try KafkaHandle(
            RD_KAFKA_CONSUMER, settings: settings,
            defaults: [
                "auto.offset.reset": "error",
                // A topic that is created later is noticed within this time, not after 5 minutes.
                "topic.metadata.refresh.interval.ms": "15000",
            ],
            fixed: KafkaSettings.reserved.merging(["group.id": group]) { _, new in new },
            events: RD_KAFKA_EVENT_REBALANCE | RD_KAFKA_EVENT_FETCH | RD_KAFKA_EVENT_OFFSET_COMMIT,
            log: log)
        let list = PartitionList(topics: topics)
        let code = try handle.lend { KafkaErrorCode(rd_kafka_subscribe($0.client, list.pointer)) }
        guard code == .noError else {
            throw KafkaError(code, operation: "subscribe to \(topics.joined(separator: ", "))")
        }
        return KafkaConsumer(handle: handle, thread: KafkaThread())
    }

    /// The messages, changes and errors since the last poll: at once if there are any, otherwise
    /// the first that come within `wait`. Cancelling the task, or `wake`, makes it return early.
    ///
    /// A poll ends at `maximumMessages`, once `maximumBytes` of keys and values have been reached
    /// (the last message may go beyond), when nothing more is at hand, or with a change.
    /// - Throws: a fatal `KafkaError` if the consumer has been closed.
    package func poll(
        maximumMessages: Int = 1000, maximumBytes: Int = 8 << 20,
        wait: Duration = .milliseconds(200)
    ) async throws -> KafkaPoll {
        try await withTaskCancellationHandler {
            var poll = try handle.lend { loan in
                drain(
                    loan, maximumMessages: maximumMessages, maximumBytes: maximumBytes, wait: wait)
            }
            poll.errors += handle.sink.takeErrors()
            return poll
        } onCancel: {
            handle.wake()
        }
    }

    /// When the last poll returned, in microseconds since 1970; nil before the first.
    package nonisolated var lastPollAt: Int64? { lastPoll.withLock { $0 } }

    /// Readable from anywhere, without waiting for a poll.
    package nonisolated var connectionState: KafkaConnectionState { handle.sink.connectionState }

    package nonisolated var brokerStates: [KafkaBrokerState] { handle.sink.brokerStates }

    /// Makes a poll that waits return at once.
    package nonisolated func wake() { handle.wake() }

    /// Leaves the group. Everything after it throws.
    ///
    /// - Returns: false if the brokers did not let it finish before `deadline`; its thread is then
    ///   left behind on purpose, and the group notices with the session timeout.
    @discardableResult
    package nonisolated func close(deadline: Duration = .seconds(5)) async -> Bool {
        let isClosed = await handle.close(deadline: deadline)
        handle.sink.commits.close()
        return isClosed
    }

    private func drain(
        _ loan: KafkaHandle.Loan, maximumMessages: Int, maximumBytes: Int, wait: Duration
    ) -> KafkaPoll {
        var poll = KafkaPoll(generation: ownership.generation)
        var bytes = 0
        let end = ContinuousClock.now + wait
        while poll.messages.count < maximumMessages && bytes < maximumBytes && poll.changes.isEmpty
        {
            let rest = poll.isEmpty ? ContinuousClock.now.duration(to: end) : .zero
            guard let event = rd_kafka_queue_poll(loan.consumerQueue, rest.librdkafkaMilliseconds)
            else { break }
            defer { rd_kafka_event_destroy(event) }
            switch rd_kafka_event_type(event) {
            case RD_KAFKA_EVENT_FETCH:
                while let message = rd_kafka_event_message_next(event) {
                    guard let message = KafkaMessage(copying: message, topics: &topics),
                        ownership.accepts(message)
                    else { continue }
                    bytes += (message.key?.count ?? 0) + (message.value?.count ?? 0)
                    poll.messages.append(message)
                }
            case RD_KAFKA_EVENT_REBALANCE:
                poll.changes.append(rebalance(event, loan))
            case RD_KAFKA_EVENT_ERROR:
                poll.errors.append(handle.sink.error(of: event))
            default:
                break
            }
        }
        poll.generation = ownership.generation
        poll.reading = ownership.reading
        lastPoll.withLock { $0 = wallClockMicroseconds() }
        return poll
    }
}
