import Kafka
import TestSupport
import Testing

@Suite("Kafka, faults")
struct FaultTests {
    @Test("brokers that are gone for seconds are said to be, and everything goes on after them")
    func brokersDown() async throws {
        let cluster = try MockCluster(brokers: 3)
        try cluster.createTopic("events", partitions: 3)
        let settings = KafkaFixtures.settings(cluster)
        let producer = try KafkaProducer.start(settings: settings) { _ in }
        let consumer = try KafkaConsumer.start(
            settings: settings, group: "readers", topics: ["events"]
        ) { _ in }
        let observer = try KafkaObserver.start(settings: settings) { _ in }
        try await consumer.join()
        for outcome in try await producer.produce(KafkaFixtures.records(0..<500, topic: "events")) {
            _ = try outcome.get()
        }
        _ = try await observer.watermarks(of: KafkaFixtures.partitions("events", 0..<3))
        #expect(consumer.connectionState.isReady)
        #expect(producer.connectionState.isReady)
        #expect(observer.connectionState.isReady)

        try cluster.brokerDown()
        try await KafkaFixtures.eventually(within: .seconds(5), "everybody to notice") {
            consumer.connectionState.isUnreachable && producer.connectionState.isUnreachable
                && observer.connectionState.isUnreachable
        }
        async let outcomes = producer.produce(KafkaFixtures.records(500..<1_000, topic: "events"))
        await #expect(throws: KafkaError.self) {
            try await observer.watermarks(
                of: KafkaFixtures.partitions("events", 0..<3), timeout: .seconds(1))
        }
        let during = try await consumer.everything(for: .seconds(3))

        try cluster.brokerUp()
        let after = try await consumer.collect(within: .seconds(30)) {
            Self.values(during + $0).count == 1_000
        }
        for outcome in try await outcomes { _ = try outcome.get() }
        // Sets: the mock keeps what it appended before its answer was lost, and takes it again.
        #expect(Self.values(during + after).count == 1_000)
        #expect((during + after).errors.contains { $0.code == .allBrokersDown })
        try await KafkaFixtures.eventually(within: .seconds(5), "everybody to be ready again") {
            consumer.connectionState.isReady && producer.connectionState.isReady
                && observer.connectionState.isReady
        }
        await consumer.close()
        await producer.close()
        await observer.close()
    }

    @Test("while one broker of three is gone, the watermarks of the others' partitions are there")
    func oneBrokerDown() async throws {
        let cluster = try MockCluster(brokers: 3)
        try cluster.createTopic("events", partitions: 3)
        let partitions = KafkaFixtures.partitions("events", 0..<3)
        for (index, partition) in partitions.enumerated() {
            try cluster.setLeader(partition, broker: Int32(index + 1))
        }
        let observer = try KafkaObserver.start(settings: KafkaFixtures.settings(cluster)) { _ in }
        #expect(try await observer.watermarks(of: partitions).count == 3)

        try cluster.brokerDown(2)
        for _ in 0..<3 {
            let watermarks = try await observer.watermarks(of: partitions, timeout: .seconds(2))
            #expect(watermarks.keys.sorted() == [partitions[0], partitions[2]])
        }
        #expect(observer.connectionState.isReady)
        try cluster.brokerUp(2)
        try await KafkaFixtures.eventually(within: .seconds(10), "the third partition") {
            try await observer.watermarks(of: partitions, timeout: .seconds(2)).count == 3
        }
        await observer.close()
    }

    @Test("with every tenth request answered by an error nothing is lost and nothing is doubled")
    func everyTenthRequest() async throws {
        let cluster = try MockCluster(brokers: 1)
        try cluster.createTopic("events", partitions: 4)
        let settings = KafkaFixtures.settings(
            cluster, ["linger.ms": "0", "batch.num.messages": "20"])
        let consumer = try KafkaConsumer.start(
            settings: settings, group: "readers", topics: ["events"]
        ) { _ in }
        let producer = try KafkaProducer.start(settings: settings) { _ in }
        try await consumer.join()
        cluster.pushErrors(.produce, every: 10, requests: 400, .notEnoughReplicas)
        cluster.pushErrors(.fetch, every: 10, requests: 400, .notLeaderForPartition)
        cluster.pushErrors(.metadata, every: 10, requests: 100, .leaderNotAvailable)
        cluster.pushErrors(.heartbeat, every: 10, requests: 100, .coordinatorNotAvailable)
        cluster.pushErrors(.offsetCommit, every: 10, requests: 100, .coordinatorNotAvailable)

        async let outcomes = producer.produce(KafkaFixtures.records(0..<4_000, topic: "events"))
        let messages = try await consumer.collect(within: .seconds(40)) {
            $0.messages.count >= 4_000
        }.messages

        for outcome in try await outcomes { _ = try outcome.get() }
        #expect(messages.count == 4_000)
        #expect(Set(messages.map { $0.value ?? [] }).count == 4_000)
        for (_, ofPartition) in Dictionary(grouping: messages, by: \.partition) {
            #expect(ofPartition.map(\.offset) == Array(0..<Int64(ofPartition.count)))
        }
        await consumer.close()
        await producer.close()
    }

    @Test("closing with dead brokers returns within its deadline, and fails what was on its way")
    func closeWithoutBrokers() async throws {
        let cluster = try MockCluster(brokers: 2)
        try cluster.createTopic("events", partitions: 2)
        let settings = KafkaFixtures.settings(cluster)
        let producer = try KafkaProducer.start(settings: settings) { _ in }
        let consumer = try KafkaConsumer.start(
            settings: settings, group: "readers", topics: ["events"]
        ) { _ in }
        let observer = try KafkaObserver.start(settings: settings) { _ in }
        try await consumer.join()
        _ = try await observer.clusterId()
        _ = try await producer.produce(KafkaFixtures.records(0..<10, topic: "events"))

        try cluster.brokerDown()
        async let outcomes = producer.produce(KafkaFixtures.records(10..<20, topic: "events"))
        try await KafkaFixtures.eventually(within: .seconds(5), "everybody to notice") {
            consumer.connectionState.isUnreachable && producer.connectionState.isUnreachable
        }
        let clock = ContinuousClock()
        let deadline = Duration.seconds(2)
        let slack = Duration.seconds(1)
        let consumerTook = await clock.measure { await consumer.close(deadline: deadline) }
        let observerTook = await clock.measure { await observer.close(deadline: deadline) }
        var isComplete = true
        let producerTook = await clock.measure {
            isComplete = await producer.close(deadline: deadline)
        }
        #expect(max(consumerTook, observerTook, producerTook) < deadline + slack)
        #expect(!isComplete)
        #expect(try await outcomes.allSatisfy { (try? $0.get()) == nil })
        await #expect(throws: KafkaError(.destroyed, operation: "use a closed client")) {
            try await consumer.poll()
        }
    }

    @Test("a client whose brokers were never there says unreachable, and why")
    func neverThere() async throws {
        let log = KafkaLogRecorder()
        let consumer = try KafkaConsumer.start(
            settings: KafkaSettings(brokers: ["127.0.0.1:1"]), group: "readers",
            topics: ["events"], log: log.sink)

        try await KafkaFixtures.eventually(within: .seconds(5), "the state") {
            if case .unreachable(_, .some) = consumer.connectionState { return true }
            return false
        }
        try await KafkaFixtures.eventually(within: .seconds(5), "the log") {
            log.entries.contains { $0.facility == "FAIL" && $0.text.contains("127.0.0.1:1") }
        }
        #expect(try await consumer.poll(wait: .seconds(2)).errors.isEmpty == false)
        await consumer.close(deadline: .seconds(2))
    }

    private static func values(_ polls: [KafkaPoll]) -> Set<[UInt8]> {
        Set(polls.messages.map { $0.value ?? [] })
    }
}
