import Kafka
import Postgres
import TestSupport
import Testing

@testable import Probes

@Suite("Lag from both servers")
struct LagProbeTests {
    private func produce(_ count: Int, _ cluster: MockCluster) async throws {
        let producer = try KafkaProducer.start(
            settings: KafkaFixtures.settings(cluster), log: { _ in })
        _ = try await producer.produce(
            KafkaFixtures.records(0..<count, topic: "t", partition: 0))
        await producer.close()
    }

    @Test("is the broker's end minus the stored offset, and says what was never read")
    func own() async throws {
        let cluster = try MockCluster(brokers: 1)
        try cluster.createTopic("t", partitions: 2)
        try await produce(30, cluster)
        let observer = try KafkaObserver.start(
            settings: KafkaFixtures.settings(cluster), log: { _ in })
        let clusterID = try await observer.clusterId()
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            try await rows.offset(
                group: "g", topic: "t", next: 12, cluster: clusterID ?? "mock")
            try await rows.offset(
                group: "g", topic: "t", next: 1, end: 9, cluster: "another cluster")
            let probe = LagProbe(
                settings: LagSettings(
                    ownGroup: "g", ownTopics: ["t"],
                    watched: [.init(group: "other", topics: ["t"])]), observer: observer)
            var history = LagHistory()
            let lag = try await probe.take(connection, &history)
            #expect(lag.map(\.id) == ["g t/0", "g t/1", "other t/0", "other t/1"])
            #expect(lag.map(\.endOffset) == [30, 0, 30, 0])
            #expect(lag.map(\.currentOffset) == [12, nil, nil, nil])
            #expect(lag.map(\.lagMessages) == [18, 0, nil, nil])
            #expect(lag.map(\.status) == [.ok, .ok, .unknown, .unknown])
        }
        await observer.close()
    }

    @Test("says who has set a position, when, from where to where, and why")
    func sought() async throws {
        try await CatalogSchema.withConnection { connection in
            try await CatalogRows(connection: connection).offset(next: 12)
            try await connection.query(
                """
                UPDATE consumer_offsets SET sought_from = 100, sought_offset = 12,
                    sought_by = 'ana', sought_at = '2026-11-21T03:02:11Z', sought_reason = 'again'
                """)
            let probe = LagProbe(
                settings: LagSettings(ownGroup: "catalog", ownTopics: ["service-catalog"]),
                observer: nil)
            var history = LagHistory()
            let row = try #require(try await probe.take(connection, &history).first)
            let at = try #require(Timestamp(iso8601: "2026-11-21T03:02:11Z"))
            #expect(
                row.lastSeek
                    == SeekRow(offset: 12, from: 100, by: "ana", at: at, reason: "again"))
            #expect(row.json["sought_by"] == .string("ana"))
            #expect(row.json["sought_from"] == .integer(100))
            #expect(row.json["sought_offset"] == .integer(12))
        }
    }

    @Test("does with the engines' notes where no broker is asked")
    func stored() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            let engine = try await rows.engine()
            try await rows.offset(next: 12, end: 20, low: 3, engineID: engine)
            try await rows.offset(partition: 1, next: 5, pausedReason: "flood")
            let probe = LagProbe(
                settings: LagSettings(ownGroup: "catalog", ownTopics: ["service-catalog"]),
                observer: nil)
            let lag = try await probe.take(connection, over: .milliseconds(20))
            #expect(lag.map(\.lagMessages) == [8, nil])
            #expect(lag.map(\.status) == [.ok, .paused])
            #expect(lag[0].lowWatermark == 3)
            #expect(lag[0].engineID == engine)
            #expect(lag[1].pausedReason == "flood")
            #expect(lag[1].pausedBy == "ana")
            #expect(lag.map(\.lastSeek) == [nil, nil])
        }
    }
}
