import Kafka
import TestSupport
import Testing

@Suite("Kafka, producing and consuming")
struct RoundTripTests {
    @Test("fifty thousand messages arrive once each, in the order of their partition")
    func fiftyThousand() async throws {
        let cluster = try MockCluster(brokers: 3)
        try cluster.createTopic("events", partitions: 6)
        let settings = KafkaFixtures.settings(cluster)
        let producer = try KafkaProducer.start(settings: settings) { _ in }
        let consumer = try KafkaConsumer.start(
            settings: settings, group: "readers", topics: ["events"]
        ) { _ in }

        var deliveries: [KafkaDelivery] = []
        for start in stride(from: 0, to: 50_000, by: 10_000) {
            let outcomes = try await producer.produce(
                KafkaFixtures.records(start..<start + 10_000, topic: "events"))
            deliveries += try outcomes.map { try $0.get() }
        }
        let messages = try await consumer.collect(within: .seconds(30)) { polls in
            polls.reduce(0) { $0 + $1.messages.count } >= 50_000
        }.messages

        #expect(messages.count == 50_000)
        for message in messages {
            let number = try #require(Int(String(decoding: message.value ?? [], as: UTF8.self)))
            let expected = KafkaDelivery(
                partition: message.topicPartition, offset: message.offset)
            if message.key != Array("k\(number)".utf8) || deliveries[number] != expected {
                Issue.record("\(number) was delivered to \(deliveries[number]), read \(expected)")
            }
        }
        for (_, ofPartition) in Dictionary(grouping: messages, by: \.partition) {
            #expect(ofPartition.map(\.offset) == Array(0..<Int64(ofPartition.count)))
        }
        #expect(await consumer.close())
        #expect(await producer.close())
    }

    @Test("null, empty and binary keys, values and headers arrive as they were produced")
    func nullsAndHeaders() async throws {
        let cluster = try MockCluster(brokers: 1)
        try cluster.createTopic("events", partitions: 1)
        let settings = KafkaFixtures.settings(cluster)
        let producer = try KafkaProducer.start(settings: settings) { _ in }
        let consumer = try KafkaConsumer.start(
            settings: settings, group: "readers", topics: ["events"]
        ) { _ in }
        let headers = [
            KafkaHeader(name: "twice", value: [1]), KafkaHeader(name: "null", value: nil),
            KafkaHeader(name: "empty", value: []), KafkaHeader(name: "twice", value: [0, 255]),
        ]
        let records = [
            KafkaRecord(topic: "events", key: nil, value: nil),
            KafkaRecord(topic: "events", key: [], value: []),
            KafkaRecord(topic: "events", key: [0, 0xC3, 0x28], value: [0, 255], headers: headers),
            KafkaRecord(
                topic: "events", partition: 0, value: [1],
                timestampMicroseconds: 1_700_000_000_123_000),
        ]

        for outcome in try await producer.produce(records) { _ = try outcome.get() }
        let messages = try await consumer.collect(within: .seconds(20)) {
            $0.messages.count >= records.count
        }.messages

        #expect(messages.map(\.key) == records.map(\.key))
        #expect(messages.map(\.value) == records.map(\.value))
        #expect(messages.map(\.headers) == records.map(\.headers))
        #expect(messages.last?.timestampMicroseconds == 1_700_000_000_123_000)
        await consumer.close()
        await producer.close()
    }

    @Test("a message of 3.9 MB goes through, and so does the one behind it")
    func large() async throws {
        let cluster = try MockCluster(brokers: 1)
        try cluster.createTopic("events", partitions: 1)
        let settings = KafkaFixtures.settings(cluster)
        let producer = try KafkaProducer.start(settings: settings) { _ in }
        let consumer = try KafkaConsumer.start(
            settings: settings, group: "readers", topics: ["events"]
        ) { _ in }
        let large = [UInt8](repeating: 0x61, count: 3_900_000)

        let outcomes = try await producer.produce([
            KafkaRecord(topic: "events", value: large), KafkaRecord(topic: "events", value: [1]),
        ])
        for outcome in outcomes { _ = try outcome.get() }
        let messages = try await consumer.collect(within: .seconds(20)) {
            $0.messages.count >= 2
        }.messages

        #expect(messages.map(\.value) == [large, [1]])
        await consumer.close()
        await producer.close()
    }

    @Test("a producer whose queue is full waits for room and delivers everything")
    func backpressure() async throws {
        let cluster = try MockCluster(brokers: 1)
        try cluster.createTopic("events", partitions: 1)
        let producer = try KafkaProducer.start(
            settings: KafkaFixtures.settings(cluster, ["queue.buffering.max.messages": "50"])
        ) { _ in }

        let outcomes = try await producer.produce(
            KafkaFixtures.records(0..<2_000, topic: "events"))

        #expect(
            try outcomes.map { try $0.get().offset } == (0..<2_000).map { Int64($0) })
        #expect(await producer.close())
    }

    @Test("a record that is too large fails alone, and for good")
    func tooLarge() async throws {
        let cluster = try MockCluster(brokers: 1)
        try cluster.createTopic("events", partitions: 1)
        let producer = try KafkaProducer.start(
            settings: KafkaFixtures.settings(cluster, ["message.max.bytes": "2000"])
        ) { _ in }

        let outcomes = try await producer.produce([
            KafkaRecord(topic: "events", value: [1]),
            KafkaRecord(topic: "events", value: [UInt8](repeating: 0, count: 5_000)),
            KafkaRecord(topic: "events", value: [2]),
        ])

        #expect(try outcomes[0].get().offset == 0)
        #expect(throws: KafkaError(.messageTooLarge, operation: "produce to events")) {
            try outcomes[1].get()
        }
        #expect(try outcomes[2].get().offset == 1)
        #expect(KafkaErrorCode.messageTooLarge.verdict == .permanent)
        await producer.close()
    }
}
