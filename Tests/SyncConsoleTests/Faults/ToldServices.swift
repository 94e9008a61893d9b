import Demo
import Kafka
import Postgres
import Probes
import SyncEngine
import TestSupport

/// What another system knows of the services that reads the internal events.
enum ToldServices {
    /// Reads them from the beginning, until each service's newest word is how it stands.
    ///
    /// - Returns: services of which others were told something else last, or nothing.
    static func behind(
        _ brokers: [String], _ connection: PostgresConnection
    ) async throws -> [String] {
        var versions: [String: Int64] = [:]
        for row in try await connection.query(
            "SELECT external_service_code, row_version FROM service_catalog")
        {
            versions[try row.string(0)] = try row.int(1)
        }
        let consumer = try KafkaConsumer.start(
            settings: KafkaSettings(
                brokers: brokers, properties: ["session.timeout.ms": "6000"], clientId: "told"),
            group: "told", topics: InternalTopics().names
        ) { _ in }
        var told: [String: Int64] = [:]
        var read = 0
        do {
            try await consumer.collect(within: .seconds(30)) { polls in
                for message in polls[read...].flatMap(\.messages) {
                    guard let (code, version) = Self.word(message) else { continue }
                    told[code] = max(told[code] ?? 0, version)
                }
                read = polls.count
                return versions.allSatisfy { told[$0.key] == $0.value }
            }
        } catch is KafkaWaitedTooLong {}
        await consumer.close()
        return versions.filter { told[$0.key] != $0.value }
            .map { "\($0.key): \($0.value), told \(told[$0.key] ?? 0)" }.sorted()
    }

    private static func word(_ message: KafkaMessage) -> (code: String, version: Int64)? {
        guard let key = message.key, let value = message.value,
            let document = try? JSONDocument(value),
            case .integer(let version) = JSONValue(document.root)["row_version"]
        else { return nil }
        return (String(decoding: key, as: UTF8.self), version)
    }
}
