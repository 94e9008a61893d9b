import Foundation
import Kafka
import Postgres
import SyncEngine
import TestSupport
import Testing

@testable import SyncConsole

@Suite("Seeks and replays that are cut off", .timeLimit(.minutes(5)))
struct ControlKillTests {
    private static func count(_ url: String, _ sql: String) async throws -> Int {
        let connection = try await PostgresConnection.connect(PostgresSettings(url: url))
        do {
            let count = try await connection.query(sql).only().int(0)
            await connection.close()
            return Int(count)
        } catch {
            await connection.close()
            throw error
        }
    }

    @Test(
        "an engine that is killed after a seek, and the next one in its first batch: the third is there"
    )
    func seek() async throws {
        try await PostgresFixture.withDatabase { url in
            let folder = FileManager.default.temporaryDirectory.appending(
                path: "syncconsole-seek-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            _ = try await Migrator(settings: PostgresSettings(url: url)).migrate(dryRun: false)
            let cluster = try MockCluster(brokers: 1)
            try cluster.createTopic("service-catalog", partitions: 2)
            let producer = try KafkaProducer.start(
                settings: KafkaSettings(brokers: cluster.brokers), log: { _ in })
            let results = try await producer.produce(
                (0..<100).map { number in
                    KafkaRecord(
                        topic: "service-catalog", key: Array("S\(number)".utf8),
                        value: Array(
                            CatalogPath.event(
                                "created", id: "e\(number)", code: "S\(number)",
                                at: "2025-01-01T00:00:00Z", scope: ["a"]
                            ).utf8))
                })
            #expect(results.allSatisfy { (try? $0.get()) != nil })
            await producer.close()

            let read = "SELECT coalesce(sum(next_offset), 0)::bigint FROM consumer_offsets"
            let first = try EngineProcess(
                databaseURL: url, brokers: cluster.brokers, folder: folder)
            #expect(
                try await eventually(within: .seconds(40)) {
                    try await Self.count(url, read) == 100
                })
            let observer = try KafkaObserver.start(
                settings: KafkaSettings(brokers: cluster.brokers)
            ) { _ in }
            let ana = Operations(
                settings: PostgresSettings(url: url),
                operator: Operator(name: "ana", actingFor: nil, role: .operator, evidence: [:]),
                context: try ConfigurationFixture.load().applyContext)
            let report = try await ana.seekConsumer(
                topic: "service-catalog", partition: nil, to: .earliest,
                group: "service-catalog-consumer-group", broker: BrokerOffsets(observer),
                reason: "a test")
            #expect(report.operation.done == 2, "\(report.lines)")
            await ana.close()
            await observer.close()
            first.send(SIGKILL)
            #expect(await first.ends())

            let second = try EngineProcess(
                databaseURL: url, brokers: cluster.brokers, failpoint: "before_commit:1",
                folder: folder)
            #expect(await second.ends(within: .seconds(60)))
            #expect(second.endedBy == SIGKILL)
            let third = try EngineProcess(
                databaseURL: url, brokers: cluster.brokers, folder: folder)
            #expect(
                try await eventually(within: .seconds(60)) {
                    try await Self.count(
                        url, "SELECT sum(duplicate_total)::bigint FROM consumer_offsets") >= 100
                })
            third.send(SIGTERM)
            #expect(await third.ends())
            #expect(try await Self.count(url, read) == 100)
            #expect(
                try await Self.count(
                    url, "SELECT count(*) FROM service_catalog WHERE row_version = 1") == 100)
            #expect(
                try await Self.count(url, "SELECT count(*) FROM service_catalog_event_log") == 100)
        }
    }

    @Test("a replay that is killed has done what is committed, and its audit trail says so")
    func replay() async throws {
        try await CatalogPath.with { path in
            for number in 1...4 {
                try await path.send(
                    CatalogPath.event(
                        "created", id: "e\(number)", code: "S\(number)",
                        at: "2025-01-01T00:00:00Z", scope: ["a"]))
            }
            #expect(try await path.rows("events", count: 4).count == 4)
            let url = try #require(path.environment["DATABASE_URL"])
            let connection = try await PostgresConnection.connect(PostgresSettings(url: url))
            try await connection.script("UPDATE service_catalog SET country_code = 'FR'")
            await connection.close()
            var deadly = path.environment
            deadly["SYNCCONSOLE_FAILPOINT"] = "replay_before_commit:3"
            let killed = try await ProgramRun.run(
                ["events", "replay", "--where", "status:processed", "--reason", "a test"],
                environment: deadly)
            #expect(killed.status != 0)
            let audited = "SELECT count(*) FROM audit_log WHERE action = 'events.replay'"
            #expect(try await Self.count(url, audited) == 2)
            #expect(try await Self.count(url, "SELECT count(*) FROM event_replays") == 2)
            #expect(
                try await Self.count(url, "SELECT count(*) FROM review_items WHERE state = 'OPEN'")
                    == 2)
            // Once more: what waits for a person now is refused, the rest is done.
            let again = try await path.type(
                "events", "replay", "--service", "S4", "--reason", "a test", "--json")
            #expect(again.status == 0, "\(again.errors)")
            #expect(again.output.contains(#""outcome":"breaking_change""#))
            #expect(again.errors.contains("1 event of 1 service"))
            #expect(try await Self.count(url, audited) == 3)
        }
    }
}
