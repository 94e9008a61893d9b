import Kafka
import Postgres
import Probes
import SyncEngine

extension Configuration {
    /// Step by step to both servers, as `doctor` and the console go.
    var healthWalk: HealthWalk {
        HealthWalk(
            database: try? postgresSettings, kafka: try? kafkaSettings, topic: catalog.topic,
            group: kafka.group, schemaVersion: Migration.newest, timeout: .seconds(4))
    }

    /// - Throws: `CommandError`, usage, where no database is configured.
    var postgresSettings: PostgresSettings {
        get throws(CommandError) {
            guard let url = database.url else {
                throw CommandError(
                    .usage,
                    "no database is configured: export DATABASE_URL, or set database.url"
                        + " ('syncconsole init' writes a file); 'syncconsole demo' needs none")
            }
            return PostgresSettings(url: url.value, schema: database.schema)
        }
    }

    /// - Throws: `CommandError`, usage, where no broker is configured.
    var kafkaSettings: KafkaSettings {
        get throws(CommandError) {
            guard !kafka.brokers.isEmpty else {
                throw CommandError(
                    .usage,
                    "no Kafka broker is configured: export KAFKA_BROKERS, or set kafka.brokers;"
                        + " 'syncconsole broker' runs one to try things out")
            }
            return KafkaSettings(brokers: kafka.brokers, properties: kafka.properties)
        }
    }
}
