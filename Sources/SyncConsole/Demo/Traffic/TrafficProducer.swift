import Kafka
import Postgres

/// Sends the generator's messages when they are due, and remembers what the broker confirmed.
package actor TrafficProducer {
    /// Behind this many unread messages in one partition it waits: the mock cluster keeps about
    /// 5 MB of a partition and then forgets the oldest.
    private static let mostUnread: Int64 = 2_000
    /// Messages that are sent with one call at most.
    private static let mostAtOnce = 500
    private static let tick: Duration = .milliseconds(20)

    private let producer: KafkaProducer
    private let observer: KafkaObserver
    private let connection: PostgresConnection
    private var generator: TrafficGenerator
    private var upcoming: TrafficMessage?
    /// All of it, in the order of sending; nil where nobody counts, since a demo may run for days.
    private var deliveries: [Delivery]?
    private var began: ContinuousClock.Instant?
    private var checkedAt = ContinuousClock.now
    /// Time spent waiting for readers: the plan stands still meanwhile.
    private var paused: Duration = .zero

    package init(
        _ generator: TrafficGenerator, producer: KafkaProducer, observer: KafkaObserver,
        connection: PostgresConnection, remembers: Bool
    ) {
        self.generator = generator
        self.producer = producer
        self.observer = observer
        self.connection = connection
        deliveries = remembers ? [] : nil
    }

    /// What was delivered so far; empty if the producer does not remember.
    package var delivered: [Delivery] { deliveries ?? [] }

    /// Makes more of the traffic, which is sent when it is due.
    func inject(_ make: @Sendable (inout TrafficGenerator) -> Void) { make(&generator) }

    /// Produces until `duration` has passed since the first call, or until the task is cancelled.
    ///
    /// May be called again after an error; the plan then goes on where it stood.
    /// - Throws: `KafkaError` if a message could not be delivered, `PostgresError` if a refusal
    ///   could not be ordered.
    package func run(for duration: Duration?) async throws {
        let began = self.began ?? .now
        self.began = began
        let end = duration.map { began + $0 }
        // The opening is sent whole, however short the time.
        while !Task.isCancelled, try await sendDue(until: 0) {}
        func isOver() -> Bool {
            Task.isCancelled || end.map { ContinuousClock.now >= $0 } ?? false
        }
        while !isOver() {
            let due = (ContinuousClock.now - began - paused).milliseconds
            if try await sendDue(until: due) == false {
                try? await Task.sleep(for: Self.tick)
            }
            guard ContinuousClock.now - checkedAt > .milliseconds(500) else { continue }
            checkedAt = .now
            while try await unread() > Self.mostUnread, !isOver() {
                try? await Task.sleep(for: .milliseconds(100))
            }
            paused += ContinuousClock.now - checkedAt
            checkedAt = .now
        }
    }

    /// Sends what is due by `milliseconds` after the start; false if that was nothing.
    private func sendDue(until milliseconds: Int64) async throws -> Bool {
        var batch: [TrafficMessage] = []
        while batch.count < Self.mostAtOnce {
            let message = upcoming ?? generator.next()
            upcoming = nil
            // A refusal must stand before its message is sent, so it begins a batch.
            guard message.plannedAt <= milliseconds, message.refusal == nil || batch.isEmpty else {
                upcoming = message
                break
            }
            batch.append(message)
        }
        guard let first = batch.first else { return false }
        if let refusal = first.refusal {
            try await connection.query(
                DemoSQL.refuse, [.text(refusal.serviceCode), .int(refusal.seconds)])
        }
        try await send(batch)
        return true
    }

    private func send(_ batch: [TrafficMessage]) async throws {
        let records = batch.map { message in
            KafkaRecord(
                topic: DemoTopics.catalog,
                partition: message.partition(of: DemoTopics.catalogPartitions),
                key: message.key.map { Array($0.utf8) }, value: message.value,
                headers: [
                    KafkaHeader(
                        name: "correlation-id", value: Array("demo-\(message.number)".utf8))
                ],
                timestampMicroseconds: message.sentAt * 1_000)
        }
        for (message, result) in zip(batch, try await producer.produce(records)) {
            let delivery = try result.get()
            guard let offset = delivery.offset else { continue }
            deliveries?.append(
                Delivery(
                    message: message,
                    position: Position(partition: delivery.partition.partition, offset: offset)))
        }
    }

    /// Messages behind the engine in the partition that is furthest behind.
    private func unread() async throws -> Int64 {
        let progress = try await EngineProgress.take(connection, observer)
        return progress.lags.values.max() ?? 0
    }
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int64 {
        components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
    }
}
