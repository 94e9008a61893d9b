import Kafka
import TestSupport
import Testing

@Suite("Kafka, assignment")
struct AssignmentTests {
    @Test("reading starts at the offsets that assign gives, and leaves out what it leaves out")
    func explicitOffsets() async throws {
        let cluster = try MockCluster(brokers: 3)
        try cluster.createTopic("events", partitions: 3)
        let settings = KafkaFixtures.settings(cluster)
        try await produce(100, toEachOf: 3, settings)
        let consumer = try KafkaConsumer.start(
            settings: settings, group: "readers", topics: ["events"]
        ) { _ in }
        let partitions = KafkaFixtures.partitions("events", 0..<3)

        #expect(try await consumer.join(from: nil) == partitions)
        let before = try await consumer.everything(for: .seconds(1), from: nil)
        #expect(before.messages.isEmpty)
        let generation = try await consumer.poll(wait: .zero).generation
        #expect(
            try await consumer.assign(
                [
                    KafkaPartitionOffset(partitions[0], offset: 90),
                    KafkaPartitionOffset(partitions[2], offset: 40),
                ], generation: generation))
        let messages = try await consumer.collect(within: .seconds(10)) {
            $0.messages.count >= 70
        }.messages

        #expect(messages.filter { $0.partition == 0 }.map(\.offset) == Array(90..<100))
        #expect(messages.filter { $0.partition == 1 }.isEmpty)
        #expect(messages.filter { $0.partition == 2 }.map(\.offset) == Array(40..<100))
        #expect(await consumer.position == [partitions[0]: 100, partitions[2]: 100])
        #expect(await consumer.assignment == partitions)
        await consumer.close()
    }

    @Test("two consumers share all partitions, and nothing is delivered after it was revoked")
    func twoConsumers() async throws {
        let cluster = try MockCluster(brokers: 3)
        try cluster.createTopic("events", partitions: 8)
        let settings = KafkaFixtures.settings(cluster)
        try await produce(2_000, toEachOf: 8, settings)
        let first = try KafkaConsumer.start(
            settings: settings, group: "readers", topics: ["events"]
        ) { _ in }
        #expect(try await first.join(from: nil).count == 8)
        let second = try KafkaConsumer.start(
            settings: settings, group: "readers", topics: ["events"]
        ) { _ in }

        // The first reads in small polls until the group takes everything from it.
        let generation = try await first.poll(wait: .zero).generation
        try await first.assign(
            KafkaFixtures.partitions("events", 0..<8).map { KafkaPartitionOffset($0, offset: 0) },
            generation: generation)
        var polls: [KafkaPoll] = []
        var secondPolls: [KafkaPoll] = []
        while !polls.changes.contains(
            .revoked(KafkaFixtures.partitions("events", 0..<8), lost: false))
        {
            polls.append(try await first.poll(maximumMessages: 10, wait: .milliseconds(20)))
            secondPolls += try await second.everything(for: .milliseconds(20), from: nil)
        }
        // What is at hand in the library must not come out any more.
        let stale = try await first.poll(wait: .milliseconds(300))
        #expect(stale.messages.isEmpty)
        #expect(
            try await first.assign(
                [KafkaPartitionOffset(KafkaPartition(topic: "events", partition: 0), offset: 0)],
                generation: generation) == false)
        try await first.unassign()
        let all = try await settle(first, second, share: 4, after: secondPolls)

        #expect(all == KafkaFixtures.partitions("events", 0..<8))
        await first.close()
        await second.close()
    }

    @Test("a lookup that outlasts the session keeps the membership and lets others join")
    func slowLookup() async throws {
        let cluster = try MockCluster(brokers: 1)
        try cluster.createTopic("events", partitions: 4)
        let settings = KafkaFixtures.settings(cluster)
        let slow = try KafkaConsumer.start(
            settings: settings, group: "readers", topics: ["events"]
        ) { _ in }
        try await slow.join(from: nil)
        let member = slow.memberId

        // Longer than the session, polled, never answered.
        let quiet = try await slow.everything(for: .seconds(7), from: nil)
        #expect(quiet.changes.isEmpty)
        #expect(slow.memberId != nil && slow.memberId == member)
        let other = try KafkaConsumer.start(
            settings: settings, group: "readers", topics: ["events"]
        ) { _ in }
        let all = try await settle(slow, other, share: 2)

        #expect(all == KafkaFixtures.partitions("events", 0..<4))
        await slow.close()
        await other.close()
    }

    @Test("a consumer that is not polled for too long is told, and joins again")
    func frozen() async throws {
        let cluster = try MockCluster(brokers: 1)
        try cluster.createTopic("events", partitions: 2)
        let log = KafkaLogRecorder()
        let consumer = try KafkaConsumer.start(
            settings: KafkaFixtures.settings(cluster, ["max.poll.interval.ms": "6000"]),
            group: "readers", topics: ["events"], log: log.sink)
        try await consumer.join()
        // Polling, even with nothing to read, is what keeps it in the group.
        let busy = try await consumer.everything(for: .seconds(8))
        #expect(busy.changes.isEmpty && busy.errors.isEmpty)

        try await KafkaFixtures.eventually(within: .seconds(15), "the library to notice") {
            log.entries.contains { $0.facility == "MAXPOLL" }
        }
        let polls = try await consumer.collect(within: .seconds(20)) { $0.assigned != nil }

        #expect(polls.errors.contains { $0.code == .maximumPollExceeded })
        #expect(
            polls.changes == [
                .revoked(KafkaFixtures.partitions("events", 0..<2), lost: true),
                .assigned(KafkaFixtures.partitions("events", 0..<2)),
            ])
        await consumer.close()
    }

    /// Polls both until each has its share: one that is not polled keeps the other from its own, and
    /// on a busy machine it may take them some generations.
    ///
    /// - Returns: what the two have in the end, sorted.
    private func settle(
        _ first: KafkaConsumer, _ second: KafkaConsumer, share: Int,
        after earlier: [KafkaPoll] = []
    ) async throws -> [KafkaPartition] {
        var (ones, others): ([KafkaPoll], [KafkaPoll]) = ([], earlier)
        for _ in 0..<600 where ones.assigned?.count != share || others.assigned?.count != share {
            async let some = first.everything(for: .milliseconds(100), from: nil)
            others += try await second.everything(for: .milliseconds(100), from: nil)
            ones += try await some
        }
        return ((ones.assigned ?? []) + (others.assigned ?? [])).sorted()
    }

    private func produce(
        _ count: Int, toEachOf partitions: Int32, _ settings: KafkaSettings
    ) async throws {
        let producer = try KafkaProducer.start(settings: settings) { _ in }
        for partition in 0..<partitions {
            let outcomes = try await producer.produce(
                KafkaFixtures.records(0..<count, topic: "events", partition: partition))
            for outcome in outcomes { _ = try outcome.get() }
        }
        await producer.close()
    }
}
