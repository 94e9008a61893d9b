import Testing

@testable import SyncConsole

@Suite("Configuration from variables")
struct ConfigurationVariablesTests {
    @Test("gives the seeds' variables the last word over the file")
    func override() throws {
        let configuration = try ConfigurationFixture.load(
            "database: { url: 'postgresql://file/x' }\nkafka: { brokers: [file:9092] }",
            variables: ["DATABASE_URL": "postgresql://u:secret@env/x", "KAFKA_BROKERS": "a:1, b:2"])
        #expect(configuration.database.url?.value == "postgresql://u:secret@env/x")
        #expect(configuration.kafka.brokers == ["a:1", "b:2"])
    }

    @Test("translates the variables of TLS and SASL into librdkafka's terms")
    func security() throws {
        let configuration = try ConfigurationFixture.load(variables: [
            "KAFKA_SSL": "true", "KAFKA_SASL_MECHANISM": "scram-sha-256",
            "KAFKA_SASL_USERNAME": "sync", "KAFKA_SASL_PASSWORD": "hunter2",
        ])
        let properties = configuration.kafka.properties
        #expect(properties["security.protocol"] == "sasl_ssl")
        #expect(properties["sasl.mechanism"] == "SCRAM-SHA-256")
        #expect(properties["sasl.username"] == "sync")
        #expect(properties["sasl.password"] == "hunter2")
    }

    @Test("refuses a KAFKA_SSL that is neither true nor false")
    func wrongFlag() {
        #expect(
            ConfigurationFixture.problems("", variables: ["KAFKA_SSL": "yes please"])
                == ["$KAFKA_SSL: expected true or false"])
    }

    @Test("leaves variables alone that this build has no use for")
    func strangers() throws {
        let variables = ["SYNC_WORKERS": "s", "SYNC_SCHEDULE": "x"]
        #expect(
            try ConfigurationFixture.load(variables: variables).entries
                == ConfigurationFixture.load().entries)
    }
}
