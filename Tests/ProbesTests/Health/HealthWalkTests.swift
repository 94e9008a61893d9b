import Kafka
import Postgres
import TestSupport
import Testing

@testable import Probes

@Suite("Health walk")
struct HealthWalkTests {
    private func walk(
        database: String? = nil, kafka: KafkaSettings? = nil, schemaVersion: Int = 1,
        timeout: Duration = .seconds(10)
    ) async -> [String] {
        let steps = await HealthWalk(
            database: database.map { PostgresSettings(url: $0) }, kafka: kafka,
            topic: "service-catalog", group: "g", schemaVersion: schemaVersion, timeout: timeout
        ).run()
        return steps.map { "\($0.part) \($0.name) \($0.result): \($0.message)" }
    }

    @Test("names what is missing in the settings, and skips the rest")
    func nothing() async {
        #expect(
            await walk() == [
                "database settings failed: no database is configured: "
                    + "set DATABASE_URL or database.url",
                #"database resolve skipped: needs "settings""#,
                #"database connect skipped: needs "settings""#,
                #"database tls skipped: needs "settings""#,
                #"database authenticate skipped: needs "settings""#,
                #"database schema skipped: needs "settings""#,
                #"database privileges skipped: needs "settings""#,
                #"database clock skipped: needs "settings""#,
                "kafka settings failed: no brokers are configured: "
                    + "set KAFKA_BROKERS or kafka.brokers",
                #"kafka resolve skipped: needs "settings""#,
                #"kafka connect skipped: needs "settings""#,
                #"kafka tls skipped: needs "settings""#,
                #"kafka sasl skipped: needs "settings""#,
                #"kafka metadata skipped: needs "settings""#,
                #"kafka topic skipped: needs "settings""#,
                #"kafka coordinator skipped: needs "settings""#,
            ])
    }

    @Test("finds a database without a schema, with an old one and with a new one")
    func schema() async throws {
        try await PostgresFixture.withDatabase { url in
            let empty = await walk(database: url)
            #expect(
                empty.contains(
                    "database schema failed: there is none in public: run `syncconsole migrate`"))
            #expect(empty.contains(#"database privileges skipped: needs "schema""#))
            let connection = try await PostgresConnection.connect(PostgresSettings(url: url))
            try await CatalogSchema.apply(connection)
            try await connection.query("INSERT INTO schema_migrations VALUES (2, 'two', 2)")
            let current = await walk(database: url, schemaVersion: 2)
            #expect(current.contains("database schema ok: public is at version 2"))
            #expect(current.contains { $0.hasSuffix("may read and write") })
            #expect(current.contains("database clock ok: within 2 s of this computer's"))
            let old = await walk(database: url, schemaVersion: 3)
            #expect(old.contains { $0.contains("needs 3: run `syncconsole migrate`") })
            let new = await walk(database: url, schemaVersion: 1)
            #expect(new.contains { $0.contains("install the newer syncconsole") })
            try await connection.query("INSERT INTO schema_migrations VALUES (3, 'three', 2)")
            let newer = await walk(database: url, schemaVersion: 2)
            #expect(
                newer.contains(
                    "database schema ok: public is at version 3, this build knows 2 and at least 2"
                        + " is needed: it fits"))
            // As before the migration that brought the column.
            try await connection.script("ALTER TABLE schema_migrations DROP COLUMN usable_from")
            let unmarked = await walk(database: url, schemaVersion: 2)
            #expect(
                unmarked.contains(
                    "database schema failed: public is at version 3, this build knows 2 and at"
                        + " least 3 is needed: install the newer syncconsole"))
            let own = await walk(database: url, schemaVersion: 3)
            #expect(own.contains("database schema ok: public is at version 3"))
            await connection.close()
        }
    }

    @Test("tells a server that is away from one that refuses")
    func refusals() async throws {
        let away = await walk(database: "postgresql://nobody@127.0.0.1:1/none")
        #expect(away.contains { $0.hasPrefix("database connect failed:") })
        #expect(away.contains(#"database authenticate skipped: needs "connect""#))
        try await PostgresFixture.withDatabase { url in
            let wrongDatabase = url.replacing(/test_\d+/, with: "absent")
            let missing = await walk(database: wrongDatabase)
            #expect(missing.contains { $0.hasPrefix("database connect ok:") })
            #expect(missing.contains { $0.contains("create the database") })
        }
    }

    @Test("walks to a broker: topic, leaders, coordinator")
    func broker() async throws {
        let cluster = try MockCluster(brokers: 1)
        try cluster.createTopic("service-catalog", partitions: 3)
        let steps = await walk(kafka: KafkaFixtures.settings(cluster)).filter {
            $0.hasPrefix("kafka")
        }
        #expect(
            steps == [
                "kafka settings ok: \(cluster.bootstrapServers)",
                "kafka resolve ok: 127.0.0.1", "kafka connect ok: \(cluster.bootstrapServers)",
                "kafka tls ok: none: what is sent can be read on the way",
                "kafka sasl ok: none: nobody is asked", "kafka metadata ok: 1 broker",
                "kafka topic ok: service-catalog with 3 partitions",
                "kafka coordinator ok: g has committed in 0 partitions",
            ])
    }

    @Test("tells a name that nobody knows, and a port behind which nobody speaks the language")
    func network() async throws {
        let unknown = await walk(database: "postgresql://nobody@no-such-host.invalid/none")
        #expect(unknown.contains { $0.hasPrefix("database resolve failed: no-such-host.invalid:") })
        #expect(unknown.contains(#"database connect skipped: needs "resolve""#))
        // A broker is no PostgreSQL.
        let cluster = try MockCluster(brokers: 1)
        let stranger = await walk(
            database: "postgresql://nobody@\(cluster.bootstrapServers)/none", timeout: .seconds(2))
        #expect(stranger.contains("database connect ok: \(cluster.bootstrapServers)"))
        #expect(stranger.contains { $0.hasPrefix("database tls failed:") })
    }

    @Test("says that no broker answers")
    func noBroker() async throws {
        let settings = KafkaSettings(brokers: ["127.0.0.1:1"], clientId: "test")
        let steps = await walk(kafka: settings, timeout: .seconds(1))
        #expect(steps.contains { $0.hasPrefix("kafka connect failed:") })
        #expect(steps.contains(#"kafka topic skipped: needs "connect""#))
    }
}
