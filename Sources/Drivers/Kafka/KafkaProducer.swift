import CRdKafka

/// A producer that answers for every record: delivered, or why not.
///
/// Idempotent unless the settings say otherwise: retries neither double nor reorder.
package actor KafkaProducer {
    private let handle: KafkaHandle
    private let thread: KafkaThread
    private var isClosing = false

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
    ) throws -> KafkaProducer {
        let handle = try KafkaHandle(
            RD_KAFKA_PRODUCER, settings: settings,
            defaults: [
                "enable.idempotence": "true",
                // Large raw values go to the dead letters; the broker has its own, smaller limit.
                "message.max.bytes": "15728640",
            ],
            events: RD_KAFKA_EVENT_DR, log: log)
        return KafkaProducer(handle: handle)
    }

    /// Produces records, in order for each partition, and waits for the brokers' answers: as many
    /// as records, in the same order.
    ///
    /// While the library's queue (`queue.buffering.max.messages`) is full it waits for room. What
    /// cannot be delivered within `message.timeout.ms` fails; a broken record fails alone. A task that
    /// is cancelled still waits: records that are on their way cannot be called back.
    /// - Throws: a fatal `KafkaError` if the producer has been closed.
    package func produce(
        _ records: [KafkaRecord]
    ) async throws -> [Result<KafkaDelivery, KafkaError>] {
        var outcomes: [Result<KafkaDelivery, KafkaError>] = []
        outcomes.reserveCapacity(records.count)
        // Batches are limited by how places are numbered, which no caller reaches in practice.
        for start in stride(from: 0, to: records.count, by: DeliveryLedger.batchLimit) {
            let end = min(start + DeliveryLedger.batchLimit, records.count)
            outcomes += try await produceBatch(records[start..<end])
        }
        return outcomes
    }

    /// Waits until every record has its answer.
    /// - Returns: false if `deadline` has passed first.
    @discardableResult
    package func flush(deadline: Duration) async -> Bool {
        let end = ContinuousClock.now + deadline
        let ledger = handle.sink.deliveries
        while true {
            let reports = ledger.reports
            if ledger.outstanding == 0 { return true }
            let rest = ContinuousClock.now.duration(to: end)
            guard rest > .zero else { return false }
            _ = await ledger.nextReport(after: reports).value(within: rest)
        }
    }

    /// Waits for what is on its way, then ends the producer; what has no answer by `deadline` fails.
    ///
    /// - Returns: false if records were given up, or if the brokers did not let it finish.
    @discardableResult
    package func close(deadline: Duration = .seconds(5)) async -> Bool {
        isClosing = true
        let end = ContinuousClock.now + deadline
        let isFlushed = await flush(deadline: deadline)
        if !isFlushed {
            _ = try? handle.lend {
                rd_kafka_purge($0.client, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT)
            }
            await flush(deadline: .milliseconds(200))
        }
        let rest = max(ContinuousClock.now.duration(to: end), .milliseconds(500))
        let isClosed = await handle.close(deadline: rest)
        handle.sink.deliveries.close(error: KafkaError(.destroyed, operation: "deliver a record"))
        return isFlushed && isClosed
    }

    /// Readable from anywhere.
    package nonisolated var connectionState: KafkaConnectionState { handle.sink.connectionState }

    package nonisolated var brokerStates: [KafkaBrokerState] { handle.sink.brokerStates }

    /// Errors since they were last taken; of a flood only the newest are kept.
    package nonisolated func takeErrors() -> [KafkaError] { handle.sink.takeErrors() }

    private func produceBatch(
        _ records: ArraySlice<KafkaRecord>
    ) async throws -> [Result<KafkaDelivery, KafkaError>] {
        guard !records.isEmpty else { return [] }
        let ledger = handle.sink.deliveries
        let closed = KafkaError(.destroyed, operation: "deliver a record")
        guard !isClosing else { throw closed }
        let answer = Answer<[DeliveryLedger.Outcome]>()
        let batch = ledger.add(count: records.count, answer: answer)
        for (index, record) in records.enumerated() {
            var code = KafkaErrorCode.queueFull
            while code == .queueFull {
                let reports = ledger.reports
                code =
                    (try? handle.lend { loan in
                        record.produce(
                            loan.client, opaque: DeliveryLedger.opaque(batch: batch, index: index))
                    }) ?? .destroyed
                if code == .queueFull {
                    // The timer is for room that a report of another kind has made.
                    _ = await ledger.nextReport(after: reports).value(within: .milliseconds(100))
                }
            }
            if code != .noError {
                ledger.refuse(
                    batch: batch, index: index,
                    error: KafkaError(code, operation: "produce to \(record.topic)"))
            }
        }
        guard let outcomes = await answer.value() else { throw closed }
        return outcomes
    }
}
