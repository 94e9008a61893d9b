import Kafka
import TestSupport
import Testing

@Suite("Kafka, pause, resume and seek")
struct PositionTests {
    private let partitions = KafkaFixtures.partitions("events", 0..<2)

    @Test("a paused partition delivers nothing, the others go on, and it resumes without a gap")
    func pauseAndResume() async throws {
        let cluster = try MockCluster(brokers: 1)
        let consumer = try await start(cluster)
        let before = try await read(consumer, 50, from: 0)
        try await consumer.seek(partitions[1], to: 800)

        try await consumer.pause([partitions[0]])
        let during = try await consumer.everything(for: .seconds(1)).messages
        #expect(during.allSatisfy { $0.partition == 1 })
        #expect(await consumer.paused == [partitions[0]])
        try await consumer.resume([partitions[0]])
        let after = try await consumer.collect(within: .seconds(10)) {
            $0.messages.filter { $0.partition == 0 }.count + before.count >= 1_000
        }.messages

        let offsets = (before + after).filter { $0.partition == 0 }.map(\.offset)
        #expect(offsets == Array(0..<1_000))
        let others = (during + after).filter { $0.partition == 1 }.map(\.offset)
        #expect(others == Array((1_000 - Int64(others.count))..<1_000) && !others.isEmpty)
        await consumer.close()
    }

    @Test("a seek moves a partition back and forth, and nothing fetched before it is delivered")
    func seek() async throws {
        let cluster = try MockCluster(brokers: 1)
        let consumer = try await start(cluster)
        _ = try await read(consumer, 500, from: 0)

        try await consumer.seek(partitions[0], to: 100)
        #expect(try await read(consumer, 10, from: 0).map(\.offset) == Array(100..<110))
        try await consumer.seek(partitions[0], to: 990)
        #expect(try await read(consumer, 10, from: 0).map(\.offset) == Array(990..<1_000))
        try await consumer.seek(partitions[0], to: KafkaPartitionOffset.beginning)
        #expect(try await read(consumer, 10, from: 0).map(\.offset) == Array(0..<10))
        await consumer.close()
    }

    @Test("a seek of a paused partition, and a seek that a pause follows, hold after the resume")
    func seekAndPause() async throws {
        let cluster = try MockCluster(brokers: 1)
        let consumer = try await start(cluster)
        _ = try await read(consumer, 500, from: 0)

        try await consumer.seek(partitions[0], to: 200)
        try await consumer.pause([partitions[0]])
        try await consumer.resume([partitions[0]])
        #expect(try await read(consumer, 5, from: 0).map(\.offset) == Array(200..<205))

        try await consumer.pause([partitions[0]])
        try await consumer.seek(partitions[0], to: 20)
        #expect(
            try await consumer.everything(for: .milliseconds(500)).messages.allSatisfy {
                $0.partition == 1
            })
        try await consumer.resume([partitions[0]])
        #expect(try await read(consumer, 5, from: 0).map(\.offset) == Array(20..<25))
        await consumer.close()
    }

    @Test("an offset that the broker does not have is reported, and a seek sets it going again")
    func outOfRange() async throws {
        let cluster = try MockCluster(brokers: 1)
        let consumer = try await start(cluster)
        _ = try await read(consumer, 50, from: 0)
        // Its messages may all have come with those of the other: it starts anew, in small pieces.
        try await consumer.seek(partitions[1], to: 100)
        try await KafkaFixtures.eventually(within: .seconds(10), "some of partition 1") {
            try await consumer.poll(maximumMessages: 20, wait: .milliseconds(50)).messages
                .contains { $0.partition == 1 }
        }
        let position = try #require(await consumer.position[partitions[1]])
        try await consumer.pause([partitions[1]])

        try await consumer.seek(partitions[0], to: 5_000)
        let polls = try await consumer.collect(within: .seconds(10)) { !$0.errors.isEmpty }
        #expect(polls.messages.isEmpty)
        #expect(polls.errors.map(\.code) == [.autoOffsetReset])
        #expect(polls.errors.map(\.partition) == [partitions[0]])
        try await consumer.seek(partitions[0], to: 990)
        #expect(try await read(consumer, 10, from: 0).map(\.offset) == Array(990..<1_000))
        // The other one has stood still meanwhile, and has lost nothing.
        #expect(try await consumer.everything(for: .milliseconds(500)).messages.isEmpty)
        try await consumer.resume([partitions[1]])
        #expect(try await read(consumer, 5, from: 1).first?.offset == position)
        await consumer.close()
    }

    @Test("a partition that waits at its end keeps what comes while it is paused")
    func pauseAtTheEnd() async throws {
        let cluster = try MockCluster(brokers: 1)
        let consumer = try await start(cluster, offset: KafkaPartitionOffset.end)
        #expect(try await consumer.everything(for: .seconds(1)).messages.isEmpty)

        try await consumer.pause(partitions)
        let producer = try KafkaProducer.start(settings: KafkaFixtures.settings(cluster)) { _ in }
        let outcomes = try await producer.produce(
            KafkaFixtures.records(0..<3, topic: "events", partition: 0))
        for outcome in outcomes { _ = try outcome.get() }
        try await consumer.resume(partitions)
        #expect(try await read(consumer, 3, from: 0).map(\.offset) == [1_000, 1_001, 1_002])
        await producer.close()
        await consumer.close()
    }

    private func start(_ cluster: MockCluster, offset: Int64 = 0) async throws -> KafkaConsumer {
        try cluster.createTopic("events", partitions: 2)
        let settings = KafkaFixtures.settings(cluster)
        let producer = try KafkaProducer.start(settings: settings) { _ in }
        for partition in partitions {
            let outcomes = try await producer.produce(
                KafkaFixtures.records(
                    0..<1_000, topic: "events", partition: partition.partition))
            for outcome in outcomes { _ = try outcome.get() }
        }
        await producer.close()
        let consumer = try KafkaConsumer.start(
            settings: settings, group: "readers", topics: ["events"]
        ) { _ in }
        try await consumer.join(from: offset)
        return consumer
    }

    /// The next messages of one partition, in small polls so that plenty stays in the library.
    private func read(
        _ consumer: KafkaConsumer, _ count: Int, from partition: Int32
    ) async throws -> [KafkaMessage] {
        let end = ContinuousClock.now + .seconds(10)
        var messages: [KafkaMessage] = []
        while messages.filter({ $0.partition == partition }).count < count {
            let room = count - messages.filter { $0.partition == partition }.count
            messages += try await consumer.poll(
                maximumMessages: room, wait: .milliseconds(50)
            ).messages
            guard ContinuousClock.now < end else {
                throw KafkaWaitedTooLong(what: "\(count) messages of partition \(partition)")
            }
        }
        return messages.filter { $0.partition == partition }
    }
}
