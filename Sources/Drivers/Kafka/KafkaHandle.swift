import CRdKafka
import Glibc
import Synchronization

/// The owner of one `rd_kafka_t` and of the queues that belong to it.
///
/// Logs, errors, delivery reports and commit results are brought to `sink` by librdkafka's
/// background thread, whether anybody polls or not, so that nothing piles up and nothing is written
/// to standard error. The pointer is lent inside `lend`; the handle is destroyed aside, on a thread
/// of its own, since that can block for as long as brokers cannot be reached.
///
/// Unchecked: the pointers are constants, and librdkafka's own locks make every call through them
/// safe from any thread; `uses` keeps them from being used after they are gone.
final class KafkaHandle: @unchecked Sendable {
    let sink: KafkaEventSink
    private let client: OpaquePointer
    private let background: OpaquePointer?
    private let consumerQueue: OpaquePointer?
    private let uses = UseCount()

    /// Pointers that are lent for the length of a call.
    struct Loan {
        let client: OpaquePointer
        /// Where the answers of asynchronous calls go.
        let background: OpaquePointer?
        /// Messages, rebalances and errors of a consumer.
        let consumerQueue: OpaquePointer?
    }

    /// - Throws: `KafkaError`, naming the property if one is not valid.
    init(
        _ type: rd_kafka_type_t, settings: KafkaSettings, defaults: [String: String],
        fixed: [String: String] = [:], events: Int32,
        log: @escaping @Sendable (KafkaLogEntry) -> Void
    ) throws {
        let sink = KafkaEventSink(client: settings.clientId, settings: settings, log: log)
        let configuration = try KafkaConfiguration(
            settings: settings, defaults: defaults, fixed: fixed)
        client = try configuration.start(type, events: events, sink: sink)
        self.sink = sink
        background = rd_kafka_queue_get_background(client)
        rd_kafka_set_log_queue(client, background)
        let main = rd_kafka_queue_get_main(client)
        rd_kafka_queue_forward(main, background)
        rd_kafka_queue_destroy(main)
        consumerQueue =
            type == RD_KAFKA_CONSUMER ? rd_kafka_queue_get_consumer(client) : nil
    }

    deinit { destroy(finally: {}) }

    /// Lends the pointers to `body`.
    /// - Throws: a fatal `KafkaError` if the handle has been closed.
    func lend<Result>(_ body: (Loan) throws -> Result) throws -> Result {
        guard uses.begin() else { throw KafkaError(.destroyed, operation: "use a closed client") }
        defer { uses.end() }
        return try body(
            Loan(client: client, background: background, consumerQueue: consumerQueue))
    }

    /// Makes a blocked poll of the consumer's queue return.
    func wake() { try? lend { loan in rd_kafka_queue_yield(loan.consumerQueue) } }

    /// Destroys the handle aside and waits for it no longer than `deadline`.
    ///
    /// If the deadline passes, the thread and the handle are left to themselves on purpose: 2.0.2 can
    /// block there until a broker answers, and a leak is better than a program that never ends.
    /// - Returns: false if the handle was left behind.
    func close(deadline: Duration) async -> Bool {
        let answer = Answer<Void>()
        destroy { answer.give(()) }
        return await answer.value(within: deadline) != nil
    }

    private func destroy(finally done: @escaping @Sendable () -> Void) {
        guard uses.close() else { return done() }
        // From here on nobody else has the pointers, except for calls that are still on their way.
        let remains = Remains(
            client: client, background: background, consumerQueue: consumerQueue, sink: sink)
        let uses = uses
        if let consumerQueue { rd_kafka_queue_yield(consumerQueue) }
        KafkaThread.detach {
            while uses.count > 0 { usleep(500) }
            remains.destroy()
            done()
        }
    }
}

/// Counts the calls that use a handle, so that it is not destroyed under one.
private final class UseCount: Sendable {
    private let state = Mutex((isOpen: true, count: 0))

    var count: Int { state.withLock { $0.count } }

    /// False if the handle has been closed.
    func begin() -> Bool {
        state.withLock {
            if $0.isOpen { $0.count += 1 }
            return $0.isOpen
        }
    }

    func end() { state.withLock { $0.count -= 1 } }

    /// False if the handle had been closed before.
    func close() -> Bool {
        state.withLock { state in
            defer { state.isOpen = false }
            return state.isOpen
        }
    }
}

/// What is left of a handle to be destroyed. Unchecked: it is moved to the one thread that does it.
private struct Remains: @unchecked Sendable {
    let client: OpaquePointer
    let background: OpaquePointer?
    let consumerQueue: OpaquePointer?
    let sink: KafkaEventSink

    func destroy() {
        if let consumerQueue {
            rd_kafka_assign(client, nil)
            rd_kafka_queue_destroy(consumerQueue)
            rd_kafka_consumer_close(client)
        }
        if let background { rd_kafka_queue_destroy(background) }
        rd_kafka_destroy(client)
        sink.releaseFromLibrary()
    }
}
