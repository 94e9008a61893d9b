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
        var missing = 50_000
        let polls = try await consumer.collect(within: .seconds(30)) { polls in
            missing = 50_000 - polls.reduce(0) { $0 + $1.messages.count }
            return missing <= 0
        }

        let messages = polls.messages
        #expect(messages.count == 50_000)
        for message in messages {
            let number = try #require(Int(String(decoding: message.value ?? [], as: UTF8.self)))
            #expect(message.key == Array("k\(number)".utf8))
            #expect(
                deliveries[number]
                    == KafkaDelivery(partition: message.topicPartition, offset: message.offset))
        }
        for (_, ofPartition) in Dictionary(grouping: messages, by: \.partition) {
            #expect(ofPartition.map(\.offset) == Array(0..<Int64(ofPartition.count)))
        }
        #expect(await consumer.close())
        #expect(await producer.close())
    }
}
