import Demo
import Foundation
import Postgres
import SyncEngine
import TestSupport
import Testing

@Suite("An engine killed while it tells people", .timeLimit(.minutes(5)))
struct AlertKillTests {
    /// What Slack and PagerDuty were sent.
    private final class Outside: Sendable {
        let server: StubHTTPServer

        init() throws {
            server = try StubHTTPServer { _ in StubReply(200) }
        }

        func bodies(_ path: String) -> [String] {
            server.requests.filter { $0.path == path }
                .map { String(decoding: $0.body, as: UTF8.self) }
        }
    }

    @Test("has told at least once, and the next one tells the pager under the same key")
    func killed() async throws {
        let session = try await DemoSession.start(DemoOptions(seed: 21))
        let outside = try Outside()
        defer { outside.server.stop() }
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "alert-kill-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let key = folder.appending(path: "key")
        try "R0UT1NG".write(to: key, atomically: true, encoding: .utf8)
        let configuration = """
            alerts:
              pagerduty: { routing_key: "file:\(key.path)", url: "\(outside.server.url)/pager" }
            """
        let settings = PostgresSettings(url: session.endpoints.databaseURL)
        _ = try await Migrator(settings: settings).migrate(dryRun: false)
        let connection = try await PostgresConnection.connect(settings)
        try await connection.query(
            """
            INSERT INTO consumer_gaps (cluster_id, group_id, topic, kafka_partition, kind,
                stored_offset, resumed_offset, lost_events)
            VALUES ('c', 'g', 't', 3, 'RETENTION', 10, 52, 42)
            """)
        let first = try EngineProcess(
            session.endpoints, failpoint: "after_notify", configuration: configuration,
            folder: folder)
        #expect(await first.ends(within: .seconds(60)))
        #expect(first.endedBy == SIGKILL)
        #expect(outside.bodies("/pager").count == 1)
        #expect(
            try await connection.query(
                "SELECT state FROM alert_deliveries WHERE channel = 'pagerduty'"
            ).first?.string(0) == "WAITING")
        // As if the minute for which the channel stays claimed were over.
        try await connection.query("UPDATE alert_channels SET claimed_until = now()")
        let second = try EngineProcess(
            session.endpoints, configuration: configuration, folder: folder)
        #expect(
            try await eventually(within: .seconds(60)) {
                try await connection.query(
                    "SELECT 1 FROM alert_deliveries WHERE channel = 'pagerduty' AND state = 'SENT' "
                        + "AND alert_id = (SELECT id FROM alerts WHERE rule = 'events_lost')"
                ).first != nil
            })
        let events = outside.bodies("/pager").filter { $0.contains("events_lost") }
        #expect(events.count >= 2)
        #expect(
            events.allSatisfy {
                $0.contains(#""dedup_key":"syncconsole/unnamed/events_lost/t/3""#)
            })
        #expect(
            try await connection.query("SELECT count(*) FROM alerts WHERE rule = 'events_lost'")
                .only().int(0) == 1)
        second.send(SIGTERM)
        #expect(await second.ends())
        await connection.close()
        await session.close()
    }
}
