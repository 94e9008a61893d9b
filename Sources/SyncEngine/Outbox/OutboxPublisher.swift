import Kafka
import Postgres
import Probes

/// Publishes those messages of the outbox that may fail together: at least once, in order of writing,
/// through a breaker of their own. What is stuck here keeps no other publisher waiting.
///
/// Flows in: rows that committed transactions left. Flows out: records at the broker, rows marked.
/// A crash between the two publishes again; consumers know a message by its id. Of several engines
/// one publishes at a time, so that a service's messages stay in their order.
actor OutboxPublisher: EngineService {
    private static let messagesAtOnce = 200

    private let breakerKey: String
    private let session: PostgresSession
    private let producer: KafkaProducer
    private let breakers: BreakerBoard
    private let log: EngineLog
    private let wakeup = Wakeup()
    private var isStopping = false

    init(
        _ breakerKey: String, session: PostgresSession, producer: KafkaProducer,
        breakers: BreakerBoard, log: EngineLog
    ) {
        self.breakerKey = breakerKey
        self.session = session
        self.producer = producer
        self.breakers = breakers
        self.log = log
    }

    func run() async {
        while !isStopping {
            do {
                if try await publishSome() == 0 { await wakeup.wait(atMost: .seconds(1)) }
            } catch {
                log(.warning, "outbox", CatalogConsumer.words(error))
                await wakeup.wait(atMost: .seconds(1))
            }
        }
        await producer.close(deadline: .seconds(3))
    }

    func stop() {
        isStopping = true
        wakeup.wake()
    }

    /// Something new has been written.
    nonisolated func wake() { wakeup.wake() }

    /// Where messages keep their order.
    private struct Place: Hashable {
        var topic: String
        var key: [UInt8]?
    }

    private struct Message: Sendable {
        var id: Int64
        var record: KafkaRecord
    }

    /// Publishes a bounded number of messages. Returns how many were published.
    private func publishSome() async throws -> Int {
        try await session.withConnection { connection in
            try await connection.transaction { connection in
                let messages = try await self.claim(connection)
                guard !messages.isEmpty else { return 0 }
                let key = self.breakerKey
                guard case .allowed(let permit) = self.breakers.begin(key) else { return 0 }
                let results: [Result<KafkaDelivery, KafkaError>]
                do {
                    results = try await self.producer.produce(messages.map(\.record))
                } catch {
                    self.breakers.complete(key, permit, .failure("\(error)"))
                    throw error
                }
                Failpoint.reach(.afterPublish)
                self.judge(results, key, permit)
                return try await self.note(results, of: messages, connection)
            }
        }
    }

    private func claim(_ connection: PostgresConnection) async throws(PostgresError) -> [Message] {
        let rows = try await connection.query(
            EngineSQL.outboxClaim, [.int(Int64(Self.messagesAtOnce)), .text(breakerKey)])
        var messages: [Message] = []
        for row in rows {
            messages.append(
                Message(
                    id: try row.int(0),
                    record: KafkaRecord(
                        topic: try row.string(1), key: try row.bytes(ifPresent: 2),
                        value: try row.bytes(ifPresent: 4),
                        headers: try row.bytes(ifPresent: 3).map(HeaderJSON.decode) ?? [])))
        }
        return messages
    }

    /// One call for the breaker, however many messages: it failed if the broker did not take them.
    private func judge(
        _ results: [Result<KafkaDelivery, KafkaError>], _ key: String,
        _ permit: CircuitBreaker.Permit
    ) {
        let failure = results.compactMap { result -> KafkaError? in
            if case .failure(let error) = result, error.verdict != .permanent { error } else { nil }
        }.first
        breakers.complete(key, permit, failure.map { .failure("\($0)") } ?? .success)
        if let failure { log(.warning, "outbox", "\(failure)") }
    }

    private func note(
        _ results: [Result<KafkaDelivery, KafkaError>], of messages: [Message],
        _ connection: PostgresConnection
    ) async throws(PostgresError) -> Int {
        var published: [Int64] = []
        var failed: [(id: Int64, error: KafkaError)] = []
        var behind: Set<Place> = []
        for (message, result) in zip(messages, results) {
            let place = Place(topic: message.record.topic, key: message.record.key)
            switch result {
            // Behind one that will come later it comes later too, once more.
            case .success: if !behind.contains(place) { published.append(message.id) }
            case .failure(let error):
                failed.append((message.id, error))
                if error.verdict != .permanent { behind.insert(place) }
            }
        }
        if !published.isEmpty {
            try await connection.query(EngineSQL.outboxPublished, [.int64Array(published)])
        }
        if !failed.isEmpty {
            try await connection.query(
                EngineSQL.outboxFailed,
                [
                    .int64Array(failed.map(\.id)), .textArray(failed.map { "\($0.error)" }),
                    .boolArray(failed.map { $0.error.verdict == .permanent }),
                ])
        }
        return published.count
    }
}
