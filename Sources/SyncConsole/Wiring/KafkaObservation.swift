import Kafka
import SyncEngine

/// Looks at the brokers without being a member of any group.
enum KafkaObservation {
    /// Nil where no broker is configured, or its settings do not hold: what engines have noted is
    /// shown instead.
    static func start(_ configuration: Configuration, log: EngineLog) -> KafkaObserver? {
        guard var settings = try? configuration.kafkaSettings else { return nil }
        settings.clientId = "syncconsole-observer"
        do {
            return try KafkaObserver.start(settings: settings) { entry in
                log.write(entry.level <= .error ? .warning : .debug, "librdkafka", entry.text)
            }
        } catch {
            log.write(.warning, "kafka", "the brokers cannot be asked: \(error)")
            return nil
        }
    }
}
