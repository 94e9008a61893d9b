import Foundation
import Hashing
import Kafka
import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

/// A migrated database and a mock cluster, and engines that run between them.
struct EngineFixture {
    static let topic = "service-catalog"

    var database: PostgresSettings
    let cluster: MockCluster
    let producer: KafkaProducer

    static func with(
        partitions: Int = 2, isolation: isolated (any Actor)? = #isolation,
        _ body: (EngineFixture) async throws -> Void
    ) async throws {
        try await PostgresFixture.withDatabase { url in
            try await with(PostgresSettings(url: url), partitions: partitions, body)
        }
    }

    /// Over a database of the caller's, empty.
    static func with(
        _ settings: PostgresSettings, partitions: Int = 2,
        isolation: isolated (any Actor)? = #isolation, _ body: (EngineFixture) async throws -> Void
    ) async throws {
        _ = try await Migrator(settings: settings).migrate(dryRun: false)
        let cluster = try MockCluster(brokers: 1)
        try cluster.createTopic(topic, partitions: partitions)
        try cluster.createTopic("dlq.failed_events", partitions: 1)
        let producer = try KafkaProducer.start(
            settings: KafkaSettings(
                brokers: [cluster.bootstrapServers], properties: ["message.max.bytes": "5000000"]),
            log: { _ in })
        let fixture = EngineFixture(database: settings, cluster: cluster, producer: producer)
        try await body(fixture)
        await producer.close(deadline: .seconds(1))
    }

    var context: ApplyContext {
        ApplyContext(
            retry: RetryPolicy(delays: [.milliseconds(100), .milliseconds(200), .milliseconds(400)]
            ),
            canonicalForm: CanonicalForm(hash: { SHA256.hash($0) }),
            now: { Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000)) })
    }

    func settings(flood: FloodDetector = FloodDetector()) -> EngineSettings {
        EngineSettings(
            database: database,
            kafka: KafkaSettings(
                brokers: [cluster.bootstrapServers],
                properties: ["session.timeout.ms": "6000", "heartbeat.interval.ms": "500"]),
            group: "service-catalog-consumer-group", topics: [Self.topic], flood: flood,
            apply: context,
            identity: EngineIdentity(
                role: "engine", version: "test", configurationHash: "test", host: "localhost"))
    }

    /// An engine that does not run yet.
    func engine(flood: FloodDetector = FloodDetector()) -> SyncEngine {
        let log = EngineLog { level, part, message in
            if ProcessInfo.processInfo.environment["SYNCCONSOLE_TEST_LOG"] != nil {
                print("\(level) \(part): \(message)")
            }
        }
        return SyncEngine(settings(flood: flood), log: log)
    }

    /// Runs an engine while `body` runs.
    func withEngine(
        flood: FloodDetector = FloodDetector(), isolation: isolated (any Actor)? = #isolation,
        _ body: () async throws -> Void
    ) async throws {
        let engine = engine(flood: flood)
        let running = Task { try await engine.run() }
        do {
            try await body()
        } catch {
            engine.stop()
            _ = try? await running.value
            throw error
        }
        engine.stop()
        try await running.value
    }

    func withConnection<Value>(
        isolation: isolated (any Actor)? = #isolation,
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        let connection = try await PostgresConnection.connect(database)
        do {
            let value = try await body(connection)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }

    /// The single integer that a query answers with.
    func count(_ sql: String) async throws -> Int {
        try await withConnection { connection in
            Int(try await connection.query(sql).only().int(0))
        }
    }

    /// The first column of each row, as text.
    func texts(_ sql: String) async throws -> [String] {
        try await withConnection { connection in
            var texts: [String] = []
            for row in try await connection.query(sql) { texts.append(try row.string(0)) }
            return texts
        }
    }

    func produce(_ values: [(key: String, value: String)]) async throws {
        let records = values.map {
            KafkaRecord(topic: Self.topic, key: Array($0.key.utf8), value: Array($0.value.utf8))
        }
        for result in try await producer.produce(records) { _ = try result.get() }
    }

    /// Whether the single integer that a query answers with comes to be `expected`.
    func reaches(
        _ expected: Int, _ sql: String, within patience: Duration = .seconds(20)
    ) async throws -> Bool {
        try await eventually(within: patience) { try await count(sql) == expected }
    }

    /// Whether every delivery has been applied and nothing waits, within half a minute.
    func drained(_ deliveries: Int) async throws -> Bool {
        try await eventually(within: .seconds(60)) {
            try await count(
                """
                SELECT (coalesce((SELECT sum(received_total) FROM consumer_offsets), 0) >= \(deliveries)
                        AND NOT EXISTS (SELECT FROM pending_events))::int::bigint
                """) == 1
        }
    }
}

/// Events as JSON, short to write.
enum Events {
    static func event(
        _ id: String, _ type: String, _ code: String, at time: String = "2025-01-17T10:30:00Z",
        source: String = "PYXIS", _ data: String = ""
    ) -> (key: String, value: String) {
        let members = data.isEmpty ? "" : ",\(data)"
        return (
            code,
            """
            {"eventId":"\(id)","eventType":"service.\(type)","eventTimestamp":"\(time)",\
            "source":"\(source)","version":"2.0","data":{"externalServiceCode":"\(code)"\(members)}}
            """
        )
    }

    static func created(
        _ id: String, _ code: String, at time: String = "2025-01-17T10:30:00Z",
        scope: [String] = ["a", "b"], name: String = "Instalación"
    ) -> (key: String, value: String) {
        let items = scope.map { "\"\($0)\"" }.joined(separator: ",")
        return event(
            id, "created", code, at: time,
            """
            "countryCode":"ES","type":"installation","category":"hvac",\
            "name":{"es":"\(name)"},"scopeIncluded":[\(items)],"contractType":"pre_service",\
            "estimatedDuration":180,"effectiveFrom":"2025-02-01T00:00:00Z"
            """)
    }
}
