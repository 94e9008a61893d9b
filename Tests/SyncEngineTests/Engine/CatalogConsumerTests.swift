import Kafka
import Postgres
import Testing

@testable import SyncEngine

@Suite("What a consumer takes, holds back and pauses")
struct CatalogConsumerTests {
    private static let first = KafkaPartition(topic: EngineFixture.topic, partition: 0)
    private static let second = KafkaPartition(topic: EngineFixture.topic, partition: 1)

    /// A consumer of two partitions that is not a member yet: nothing is read but what a test says.
    private static func with(
        isolation: isolated (any Actor)? = #isolation,
        _ body: (CatalogConsumer) async throws -> Void
    ) async throws {
        try await EngineFixture.with { (fixture: EngineFixture) async throws in
            var settings = fixture.settings()
            settings.bufferBytes = 10_000
            let kafka = try KafkaConsumer.start(
                settings: settings.kafka, group: settings.group, topics: settings.topics,
                log: { _ in })
            let session = PostgresSession(settings.database)
            let consumer = CatalogConsumer(
                settings: settings, engineID: 1, consumer: kafka,
                observer: try KafkaObserver.start(settings: settings.kafka, log: { _ in }),
                session: session, log: .silent, wakeRetries: {}, wakeOutbox: {})
            await consumer.hold([first, second], reading: 0)
            try await body(consumer)
            await kafka.close(deadline: .seconds(2))
            await session.close()
        }
    }

    private static let resumed = [
        first: CatalogConsumer.StoredState(pauseReason: nil, epoch: 1)
    ]

    private static func poll(_ partition: KafkaPartition, bytes: Int = 1) -> KafkaPoll {
        KafkaPoll(messages: [
            KafkaMessage(
                topic: partition.topic, partition: partition.partition, offset: 1_000,
                value: [UInt8](repeating: 0, count: bytes))
        ])
    }

    @Test("messages that were read before reading began anew are not taken for what comes after")
    func reading() async throws {
        try await Self.with { consumer in
            await consumer.absorb(Self.poll(Self.first))
            #expect(await consumer.partitions[Self.first]?.waitingMessages == 1)
            // A takeover has begun anew, at offset 0, while this poll was on its way.
            await consumer.hold([Self.first, Self.second], reading: 1)
            await consumer.absorb(Self.poll(Self.first))
            #expect(await consumer.partitions[Self.first]?.waitingMessages == 0)
        }
    }

    @Test("a pause is not taken back by what the database said before it was stored")
    func olderReading() async throws {
        try await Self.with { consumer in
            let before = ContinuousClock.now
            await consumer.stop(Self.first, at: .now)
            await consumer.obey(Self.resumed, readAt: before)
            #expect(await consumer.partitions[Self.first]?.pause != nil)
            await consumer.obey(Self.resumed, readAt: .now)
            #expect(await consumer.partitions[Self.first]?.pause == nil)
        }
    }

    @Test("what a paused partition holds does not keep the others waiting")
    func buffer() async throws {
        try await Self.with { consumer in
            await consumer.absorb(Self.poll(Self.first, bytes: 20_000))
            #expect(await consumer.partitions[Self.first]?.isHeldBack == true)
            await consumer.stop(Self.first, at: .now)
            await consumer.absorb(Self.poll(Self.second))
            #expect(await consumer.partitions[Self.second]?.isHeldBack == false)
        }
    }
}

extension CatalogConsumer {
    /// As if these partitions had just been taken over.
    fileprivate func hold(_ held: [KafkaPartition], reading: Int) {
        self.reading = reading
        for partition in held {
            partitions[partition] = AssignedPartition(
                position: PartitionPosition(
                    clusterID: "c", group: settings.group, partition: partition, epoch: 1,
                    nextOffset: 0), pauseReason: nil, flood: FloodDetector())
        }
    }

    fileprivate func stop(_ partition: KafkaPartition, at moment: ContinuousClock.Instant) {
        partitions[partition]?.pause = AssignedPartition.Pause(reason: "test", storedAt: moment)
    }
}
