import FoundationEssentials
import Kafka
import Postgres
import Testing

@testable import Demo

@Suite("Demo servers")
struct DemoServersTests {
    @Test("offer an empty database and both topics, and leave nothing behind")
    func startAndStop() async throws {
        let servers = try await DemoServers.start()
        let endpoints = servers.endpoints
        let connection = try await PostgresConnection.connect(
            PostgresSettings(url: endpoints.databaseURL))
        let tables = try await connection.query(
            "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")
        #expect(try tables.only().int(0) == 0)
        let folder = try await connection.query("SHOW data_directory").only().string(0)
        await connection.close()

        let observer = try KafkaObserver.start(
            settings: KafkaSettings(brokers: endpoints.brokers), log: { _ in })
        let marks = try await BrokerMarks.take(observer)
        #expect(marks.catalogEnds.count == Int(DemoTopics.catalogPartitions))
        #expect(marks.catalogEnds.values.allSatisfy { $0 == 0 })
        #expect(marks.letterEnd == 0 && marks.createdEnd == 0)
        await observer.close()

        let kept = await servers.stop()
        #expect(kept == nil)
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    @Test("keep their files if that is wished, out of the reach of the next sweep")
    func keep() async throws {
        let servers = try await DemoServers.start()
        let kept = try #require(await servers.stop(keep: true))
        // The next one sweeps before it starts.
        await (try await DemoServers.start()).stop()
        #expect(FileManager.default.fileExists(atPath: kept + "/data/PG_VERSION"))
        try FileManager.default.removeItem(atPath: kept)
    }
}
