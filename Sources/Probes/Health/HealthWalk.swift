import Kafka
import Postgres

/// Walks the way to both servers step by step, and says at the first step that fails what to do.
package struct HealthWalk: Sendable {
    private let database: PostgresSettings?
    private let kafka: KafkaSettings?
    private let topic: String
    private let group: String
    private let schemaVersion: Int
    private let timeout: Duration

    /// - Parameters:
    ///   - database: nil if none are configured.
    ///   - kafka: likewise.
    ///   - schemaVersion: of the newest migration that this build knows.
    package init(
        database: PostgresSettings?, kafka: KafkaSettings?, topic: String, group: String,
        schemaVersion: Int, timeout: Duration = .seconds(5)
    ) {
        self.database = database
        self.kafka = kafka
        self.topic = topic
        self.group = group
        self.schemaVersion = schemaVersion
        self.timeout = timeout
    }

    /// Takes no longer than a few timeouts, whatever is wrong.
    package func run() async -> [HealthStep] {
        async let databaseSteps = DatabaseWalk(
            settings: database, schemaVersion: schemaVersion, timeout: timeout
        ).run()
        async let kafkaSteps = KafkaWalk(
            settings: kafka, topic: topic, group: group, timeout: timeout
        ).run()
        return await databaseSteps + kafkaSteps
    }
}
