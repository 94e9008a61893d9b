import CRdKafka

/// Looks at a cluster without taking part: offsets, groups, brokers. Each call has a deadline and
/// runs on the observer's own thread, one after the other.
package actor KafkaObserver {
    let handle: KafkaHandle
    /// Set while some leader cannot be reached, so that nobody waits for it in every call.
    var asksReachableLeadersOnly = false
    private let thread: KafkaThread

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        thread.asUnownedSerialExecutor()
    }

    private init(handle: KafkaHandle) {
        self.handle = handle
        thread = KafkaThread()
    }

    /// - Parameter log: gets librdkafka's log, on a thread of the library; must return at once.
    /// - Throws: `KafkaError`, naming the property if one is not valid.
    package static func start(
        settings: KafkaSettings, log: @escaping @Sendable (KafkaLogEntry) -> Void
    ) throws -> KafkaObserver {
        // A consumer without a group: a producer would create the topics that it asks for.
        KafkaObserver(
            handle: try KafkaHandle(
                RD_KAFKA_CONSUMER, settings: settings, defaults: [:], events: 0, log: log))
    }

    /// The cluster's id; nil if no broker has said it within `timeout`.
    package func clusterId(timeout: Duration = .seconds(5)) async throws -> String? {
        try handle.clusterId(timeout: timeout)
    }

    /// Readable from anywhere.
    package nonisolated var connectionState: KafkaConnectionState { handle.sink.connectionState }

    /// The connections to the brokers, readable from anywhere.
    package nonisolated var brokerStates: [KafkaBrokerState] { handle.sink.brokerStates }

    /// Errors since they were last taken; of a flood only the newest are kept.
    package nonisolated func takeErrors() -> [KafkaError] { handle.sink.takeErrors() }

    /// Ends the observer; see `KafkaConsumer.close`.
    @discardableResult
    package nonisolated func close(deadline: Duration = .seconds(5)) async -> Bool {
        await handle.close(deadline: deadline)
    }
}
