import Kafka
import TestSupport
import Testing

@Suite("Kafka, observing")
struct ObserverTests {
    private let partitions = KafkaFixtures.partitions("events", 0..<3)

    @Test("commits are seen by an observer that is not in the group")
    func committed() async throws {
        let cluster = try MockCluster(brokers: 3)
        try cluster.createTopic("events", partitions: 3)
        let settings = KafkaFixtures.settings(cluster)
        let consumer = try KafkaConsumer.start(
            settings: settings, group: "readers", topics: ["events"]
        ) { _ in }
        let observer = try KafkaObserver.start(settings: settings) { _ in }
        try await consumer.join()

        try await consumer.commit([
            KafkaPartitionOffset(partitions[0], offset: 7),
            KafkaPartitionOffset(partitions[2], offset: 0),
        ])
        #expect(
            try await observer.committedOffsets(group: "readers", partitions: partitions)
                == [partitions[0]: 7, partitions[2]: 0])
        try await consumer.commitAsync([KafkaPartitionOffset(partitions[0], offset: 9)])
        try await KafkaFixtures.eventually(within: .seconds(5), "the commit to arrive") {
            try await observer.committedOffsets(group: "readers", partitions: partitions)[
                partitions[0]] == 9
        }
        #expect(
            try await observer.committedOffsets(group: "strangers", partitions: partitions) == [:])
        await consumer.close()
        await observer.close()
    }

    @Test("a commit that the group refuses says so")
    func refusedCommit() async throws {
        let cluster = try MockCluster(brokers: 1)
        try cluster.createTopic("events", partitions: 3)
        let consumer = try KafkaConsumer.start(
            settings: KafkaFixtures.settings(cluster), group: "readers", topics: ["events"]
        ) { _ in }
        try await consumer.join()

        cluster.pushErrors(.offsetCommit, [.illegalGeneration])
        let refused = await #expect(throws: KafkaError.self) {
            try await consumer.commit([KafkaPartitionOffset(partitions[0], offset: 7)])
        }
        #expect(refused?.code == .illegalGeneration)
        #expect(refused?.verdict == .infrastructure)
        await consumer.close()
    }

    @Test("watermarks of a hundred partitions are right, and a partition that is not is left out")
    func watermarks() async throws {
        let cluster = try MockCluster(brokers: 3)
        try cluster.createTopic("events", partitions: 100)
        let settings = KafkaFixtures.settings(cluster)
        let producer = try KafkaProducer.start(settings: settings) { _ in }
        let observer = try KafkaObserver.start(settings: settings) { _ in }
        let all = KafkaFixtures.partitions("events", 0..<100)
        let records = all.flatMap { partition in
            KafkaFixtures.records(
                0..<Int(partition.partition), topic: "events", partition: partition.partition)
        }
        for outcome in try await producer.produce(records) { _ = try outcome.get() }

        cluster.setTopicError("nowhere", .unknownTopicOrPartition)
        let nowhere = [
            KafkaPartition(topic: "nowhere", partition: 0),
            KafkaPartition(topic: "events", partition: 100),
        ]
        let watermarks = try await observer.watermarks(of: all)
        #expect(watermarks.count == 100)
        for partition in all {
            #expect(watermarks[partition]?.low == 0)
            #expect(watermarks[partition]?.high == Int64(partition.partition))
        }
        let withOthers = try await observer.watermarks(of: [all[7]] + nowhere)
        #expect(withOthers.keys.sorted() == [all[7]])
        #expect(withOthers[all[7]]?.high == 7)
        await producer.close()
        await observer.close()
    }

    @Test("metadata names brokers, partitions and leaders; group listing is unsupported here")
    func metadata() async throws {
        let cluster = try MockCluster(brokers: 3)
        try cluster.createTopic("events", partitions: 3)
        let observer = try KafkaObserver.start(settings: KafkaFixtures.settings(cluster)) { _ in }

        let metadata = try await observer.metadata(topic: "events")
        #expect(metadata.brokers.map(\.id).sorted() == [1, 2, 3])
        #expect(
            Set(metadata.brokers.map { "\($0.host):\($0.port)" }) == Set(cluster.brokers))
        #expect(metadata.topics.first?.partitions.map(\.id) == [0, 1, 2])
        #expect(metadata.topics.first?.partitions.allSatisfy { $0.leader != nil } == true)
        cluster.setTopicError("nowhere", .unknownTopicOrPartition)
        let unknown = try await observer.metadata(topic: "nowhere").topics.first
        #expect(unknown?.error == .unknownTopicOrPartition)
        #expect(try await observer.metadata().topics.map(\.name).sorted() == ["events", "nowhere"])
        let refused = await #expect(throws: KafkaError.self) { try await observer.groups() }
        #expect(refused?.code == .unsupportedFeature)
        #expect(try await observer.clusterId()?.hasPrefix("mockCluster") == true)
        #expect(try await cluster.clusterId() == (try await observer.clusterId()))
        #expect(observer.brokerStates.contains { $0.isUp })
        await observer.close()
    }
}
