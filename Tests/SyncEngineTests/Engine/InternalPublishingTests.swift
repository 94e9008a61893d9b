import Foundation
import Kafka
import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Publishing internal events", .timeLimit(.minutes(5)))
struct InternalPublishingTests {
    private static func update(_ id: String, _ code: String, minute: Int)
        -> (key: String, value: String)
    {
        Events.event(
            id, "updated", code, at: "2025-01-02T00:\(minute):00Z",
            #""estimatedDuration":\#(minute)"#)
    }

    /// An engine that tells others, and gives up on a topic quickly.
    private static func withEngine(
        breakers: BreakerPolicy = BreakerPolicy(), failing: [String],
        isolation: isolated (any Actor)? = #isolation,
        _ body: (EngineFixture) async throws -> Void
    ) async throws {
        try await EngineFixture.with(partitions: 1) { (fixture: EngineFixture) async throws in
            var settings = fixture.settings()
            settings.apply.internalTopics = InternalTopics()
            settings.breakerPolicy = breakers
            settings.kafka.properties["topic.metadata.propagation.max.ms"] = "500"
            for topic in InternalTopics().names {
                try fixture.cluster.createTopic(topic, partitions: 1)
            }
            for topic in failing {
                fixture.cluster.setTopicError(topic, .unknownTopicOrPartition)
            }
            let engine = SyncEngine(settings, log: .silent)
            let running = Task { try await engine.run() }
            do {
                try await body(fixture)
            } catch {
                engine.stop()
                _ = try? await running.value
                throw error
            }
            engine.stop()
            try await running.value
        }
    }

    private static func waiting(_ kind: String) -> String {
        """
        SELECT count(*) FROM outbox WHERE breaker_key = 'kafka:internal:\(kind)'
        """
    }

    @Test("topics that are missing keep no dead letter waiting, and are caught up with in order")
    func stuckTopics() async throws {
        try await Self.withEngine(failing: InternalTopics().names) {
            (fixture: EngineFixture) async throws in
            try await fixture.produce([Events.created("e1", "A", at: "2025-01-01T00:00:00Z")])
            try await fixture.produce([(key: "k", value: "no event")])
            let letters = """
                SELECT coalesce(sum(published), 0)::bigint FROM outbox_totals
                WHERE breaker_key = 'kafka:dlq'
                """
            #expect(try await fixture.reaches(1, letters, within: .seconds(40)))
            #expect(try await fixture.count(Self.waiting("created")) == 1)
            for topic in InternalTopics().names { fixture.cluster.setTopicError(topic, .noError) }
            try await fixture.produce(
                (10...17).map { Self.update("e\($0)", "A", minute: $0) })
            #expect(
                try await fixture.reaches(
                    0, "SELECT count(*) FROM outbox",
                    within: .seconds(90)))
        }
    }

    @Test("one topic that is missing holds back its own messages and no others, and is named")
    func oneTopic() async throws {
        let policy = BreakerPolicy(volumeThreshold: 2, resetTimeout: .seconds(3))
        let missing = "catalog.service.updated"
        try await Self.withEngine(breakers: policy, failing: [missing]) {
            (fixture: EngineFixture) async throws in
            let codes = ["A", "B", "C"]
            try await fixture.produce(codes.map { Events.created("c\($0)", $0) })
            #expect(try await fixture.reaches(3, "SELECT count(*) FROM service_catalog"))
            for minute in 10...12 {
                try await fixture.produce(
                    codes.map { Self.update("u\($0)\(minute)", $0, minute: minute) }
                        .map {
                            (
                                key: $0.key,
                                value: $0.value.replacing("2025-01-02", with: "2025-02-02")
                            )
                        })
            }
            #expect(
                try await fixture.reaches(
                    1,
                    """
                    SELECT count(*) FROM circuit_breakers
                    WHERE key = 'kafka:internal:updated' AND state = 'OPEN'
                      AND last_error LIKE '\(missing): %'
                    """, within: .seconds(40)))
            // The others go on, whether it is open, or being tried.
            try await fixture.produce(
                (1...20).map { Events.created("d\($0)", "D\($0)", at: "2025-01-01T00:00:00Z") })
            #expect(
                try await fixture.reaches(
                    23,
                    """
                    SELECT coalesce(sum(published), 0)::bigint FROM outbox_totals
                    WHERE breaker_key = 'kafka:internal:created'
                    """, within: .seconds(40)))
            #expect(try await fixture.count(Self.waiting("updated")) >= 3)
            #expect(
                try await fixture.count(
                    """
                    SELECT count(*) FROM circuit_breakers
                    WHERE key <> 'kafka:internal:updated' AND state <> 'CLOSED'
                    """) == 0)
            fixture.cluster.setTopicError(missing, .noError)
            #expect(
                try await fixture.reaches(
                    0, "SELECT count(*) FROM outbox",
                    within: .seconds(60)))
            let consumer = try KafkaConsumer.start(
                settings: KafkaFixtures.settings(fixture.cluster), group: "g", topics: [missing]
            ) { _ in }
            let told = try await fixture.count(
                "SELECT published FROM outbox_totals WHERE breaker_key = 'kafka:internal:updated'")
            let polls = try await consumer.collect(within: .seconds(30)) {
                $0.messages.count >= told
            }
            await consumer.close()
            for code in codes {
                let versions = polls.messages.filter { $0.key == Array(code.utf8) }
                    .compactMap { message -> Int64? in
                        guard
                            let document = try? JSONDocument(
                                text: String(decoding: message.value ?? [], as: UTF8.self)),
                            case .integer(let version) = JSONValue(document.root)["row_version"]
                        else { return nil }
                        return version
                    }
                #expect(!versions.isEmpty && versions == versions.sorted())
            }
        }
    }

    @Test("with errors at the broker and several requests on their way, all arrive once, in order")
    func idempotentProducer() async throws {
        let cluster = try MockCluster(brokers: 1)
        try cluster.createTopic("t", partitions: 1)
        let settings = InternalTopics.producerSettings(
            KafkaFixtures.settings(
                cluster,
                [
                    "acks": "1", "compression.type": "none", "linger.ms": "0",
                    "batch.num.messages": "10",
                ]))
        #expect(settings.properties["acks"] == "all")
        let producer = try KafkaProducer.start(settings: settings) { _ in }
        cluster.pushErrors(.produce, every: 3, requests: 90, .notEnoughReplicas)
        // What compresses well: more than the mock keeps of a partition if it came as it is.
        let padding = [UInt8](repeating: UInt8(ascii: "x"), count: 20_000)
        let results = try await producer.produce(
            (0..<600).map {
                KafkaRecord(
                    topic: "t", partition: 0, key: Array("k".utf8),
                    value: Array("\($0) ".utf8) + padding)
            })
        #expect(results.allSatisfy { (try? $0.get()) != nil })
        await producer.close()
        let consumer = try KafkaConsumer.start(
            settings: KafkaFixtures.settings(cluster), group: "g", topics: ["t"]
        ) { _ in }
        let polls = try await consumer.collect(within: .seconds(60)) {
            $0.messages.count >= 600
        }
        await consumer.close()
        let numbers = polls.messages.map { message in
            (message.value ?? []).prefix { $0 != UInt8(ascii: " ") }
        }
        #expect(
            numbers.map { String(decoding: $0, as: UTF8.self) } == (0..<600).map { "\($0)" })
    }
}
