import Kafka
import Postgres
import Probes

/// Publishes messages of the outbox: at least once, in order of writing, through a breaker for each
/// key, which stands for what fails on its own, such as a topic. What is stuck in one keeps the others
/// of this publisher waiting for one attempt at most, and no other publisher at all.
///
/// Flows in: rows that committed transactions left. Flows out: records at the broker; what it has
/// leaves the outbox. A crash between the two publishes again; consumers know a message by its id. Of several engines
/// one publishes at a time, so that a service's messages stay in their order.
actor OutboxPublisher: EngineService {
    private static let messagesAtOnce = 200

    private let keys: [String]
    private let session: PostgresSession
    private let producer: KafkaProducer
    private let breakers: BreakerBoard
    private let log: EngineLog
    private let wakeup = Wakeup()
    private var isStopping = false
    /// Keys whose last attempt failed: they are tried by themselves.
    private var suspects: Set<String> = []

    /// - Parameter keys: of the rows' breakers.
    init(
        _ keys: [String], session: PostgresSession, producer: KafkaProducer,
        breakers: BreakerBoard, log: EngineLog
    ) {
        self.keys = keys
        self.session = session
        self.producer = producer
        self.breakers = breakers
        self.log = log
    }

    func run() async {
        var outage = OutageLog(log, part: "outbox")
        while !isStopping {
            do {
                let published = try await publishSome()
                outage.answered()
                if published == 0 { await wakeup.wait(atMost: .seconds(1)) }
            } catch {
                outage.failed(error)
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
        var key: String
        var record: KafkaRecord

        /// What it tells of: an internal event says so itself, a letter in a header.
        var logFields: LogFields {
            let name = DeadLetterMessage.correlationHeader
            if let header = record.headers.first(where: { $0.name == name })?.value {
                return ["correlation_id": String(decoding: header, as: UTF8.self)]
            }
            guard let document = try? JSONDocument(record.value ?? []),
                case .string(let id) = JSONValue(document.root)["correlation_id"]
            else { return [:] }
            return ["correlation_id": id]
        }
    }

    /// Publishes a bounded number of messages of each key. Returns how many were published.
    private func publishSome() async throws -> Int {
        let open = keys.filter { !breakers.isOpen($0) }
        let sound = open.filter { !suspects.contains($0) }
        var published = sound.isEmpty ? 0 : try await publish(sound)
        for key in open where suspects.contains(key) && !isStopping {
            published += try await publish([key])
        }
        return published
    }

    private func publish(_ keys: [String]) async throws -> Int {
        try await session.withConnection { connection in
            try await connection.transaction { connection in
                var messages = try await self.claim(keys, connection)
                var permits: [String: CircuitBreaker.Permit] = [:]
                for key in Set(messages.map(\.key)) {
                    guard case .allowed(let permit) = self.breakers.begin(key) else { continue }
                    permits[key] = permit
                }
                messages.removeAll { permits[$0.key] == nil }
                guard !messages.isEmpty else { return 0 }
                let results: [Result<KafkaDelivery, KafkaError>]
                do {
                    results = try await self.producer.produce(messages.map(\.record))
                } catch {
                    for (key, permit) in permits {
                        self.breakers.complete(key, permit, .failure("\(error)"))
                    }
                    throw error
                }
                Failpoint.reach(.afterPublish)
                self.judge(results, of: messages, permits)
                return try await self.note(results, of: messages, connection)
            }
        }
    }

    private func claim(
        _ keys: [String], _ connection: PostgresConnection
    ) async throws(PostgresError) -> [Message] {
        let rows = try await connection.query(
            EngineSQL.outboxClaim, [.int(Int64(Self.messagesAtOnce)), .textArray(keys)])
        var messages: [Message] = []
        for row in rows {
            messages.append(
                Message(
                    id: try row.int(0), key: try row.string(5),
                    record: KafkaRecord(
                        topic: try row.string(1), key: try row.bytes(ifPresent: 2),
                        value: try row.bytes(ifPresent: 4),
                        headers: try row.bytes(ifPresent: 3).map(HeaderJSON.decode) ?? [])))
        }
        return messages
    }

    /// One call for each breaker, however many messages: it failed if the broker did not take one.
    private func judge(
        _ results: [Result<KafkaDelivery, KafkaError>], of messages: [Message],
        _ permits: [String: CircuitBreaker.Permit]
    ) {
        var failures: [String: String] = [:]
        for (message, result) in zip(messages, results) {
            switch result {
            case .success:
                guard log.saysAll else { continue }
                log(.debug, "outbox", "published \(message.record.topic)", message.logFields)
            case .failure(let error) where error.verdict == .permanent:
                log(
                    .error, "outbox", "\(message.record.topic) refuses it for good: \(error)",
                    message.logFields)
            case .failure(let error):
                guard failures[message.key] == nil else { continue }
                failures[message.key] = "\(message.record.topic): \(error)"
                log(.warning, "outbox", failures[message.key] ?? "", message.logFields)
            }
        }
        for (key, permit) in permits {
            let failure = failures[key]
            breakers.complete(key, permit, failure.map { .failure($0) } ?? .success)
            if failure == nil { suspects.remove(key) } else { suspects.insert(key) }
        }
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
            try await connection.query(EngineSQL.outboxRemove, [.int64Array(published)])
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
