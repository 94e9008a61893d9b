import Kafka
import TestSupport
import Testing

@Suite("Kafka, settings and errors")
struct SettingsTests {
    @Test("a property that does not exist or has a bad value is named, its value is not shown")
    func invalidProperty() throws {
        for (property, value) in [
            ("sesion.timeout.ms", "6000"), ("session.timeout.ms", "a-while"),
            ("security.protocol", "hush-hush"), ("enable.auto.commit", "true"),
            ("partition.assignment.strategy", "cooperative-sticky"),
        ] {
            let settings = KafkaSettings(brokers: ["127.0.0.1:1"], properties: [property: value])
            let error = #expect(throws: KafkaError.self) {
                _ = try KafkaConsumer.start(settings: settings, group: "g", topics: ["t"]) { _ in }
            }
            #expect(error?.property == property)
            #expect(error?.verdict == .permanent)
            #expect(error?.description.contains(property) == true)
            #expect(error?.description.contains(value) == false)
        }
    }

    @Test("secrets are in no description, error or log entry")
    func secrets() async throws {
        let settings = KafkaSettings(
            brokers: ["127.0.0.1:1"],
            properties: [
                "sasl.username": "ana", "sasl.password": "open-sesame", "debug": "all",
                "security.protocol": "SASL_PLAINTEXT", "sasl.mechanism": "PLAIN",
            ])
        #expect(settings.description.contains("sasl.username=ana"))
        #expect(settings.description.contains("sasl.password=***"))
        var dumped = ""
        dump(settings, to: &dumped)
        #expect(!dumped.contains("open-sesame"))
        #expect(!String(reflecting: settings).contains("open-sesame"))

        let log = KafkaLogRecorder()
        let observer = try KafkaObserver.start(settings: settings, log: log.sink)
        try await KafkaFixtures.eventually(within: .seconds(5), "an attempt to connect") {
            observer.connectionState.isUnreachable && log.entries.contains { $0.level == .debug }
        }
        await observer.close()
        #expect(!log.entries.contains { $0.text.contains("open-sesame") })
        #expect(!observer.takeErrors().contains { $0.description.contains("open-sesame") })
    }

    @Test("an error says what failed, of what, why, and whether to try again")
    func errors() {
        let error = KafkaError(
            .notLeaderForPartition, operation: "commit offsets",
            partition: KafkaPartition(topic: "events", partition: 3))
        #expect(
            error.description
                == "cannot commit offsets of events/3: Broker: Not leader for partition "
                + "(NOT_LEADER_FOR_PARTITION)")
        #expect(error.verdict == .infrastructure)
        #expect(KafkaError(.transport, operation: "x").verdict == .infrastructure)
        #expect(KafkaError(.messageTooLarge, operation: "x").verdict == .permanent)
        #expect(KafkaError(.destroyed, operation: "x").verdict == .fatal)
        #expect(KafkaError(.transport, operation: "x", isFatal: true).verdict == .fatal)
    }
}
