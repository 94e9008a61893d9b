import Demo
import Foundation
import Postgres
import SyncEngine
import TestSupport
import Testing

@Suite("An engine killed while it carries a job out", .timeLimit(.minutes(5)))
struct JobKillTests {
    @Test(
        "has called, and the next one calls again under the same key and says so",
        arguments: ["job_answered", "job_before_commit"])
    func killed(at failpoint: String) async throws {
        let session = try await DemoSession.start(DemoOptions(seed: 22))
        let agent = try StubHTTPServer { _ in StubReply(202) }
        defer { agent.stop() }
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "job-kill-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let secret = folder.appending(path: "secret")
        try "s3cret-of-vendor-a-0123456789abcdef".write(
            to: secret, atomically: true, encoding: .utf8)
        let configuration = """
            http: { listen: "127.0.0.1:0" }
            erp:
              vendors: [ { name: vendor-a, secret: "file:\(secret.path)", urls: [ "\(agent.url)" ] } ]
            """
        let settings = PostgresSettings(url: session.endpoints.databaseURL)
        _ = try await Migrator(settings: settings).migrate(dryRun: false)
        let connection = try await PostgresConnection.connect(settings)
        try await connection.query(
            "INSERT INTO agent_registry (vendor_id, agent_url, erp_type, status, last_heartbeat) "
                + "VALUES ('vendor-a', $1, 'sage', 'online', now() + interval '1 h')",
            [.text(agent.url)])
        try await connection.query(
            """
            INSERT INTO sync_jobs (vendor_id, operation, unique_key, payload)
            VALUES ('vendor-a', 'create_order', 'ORD-1', '{"orderId": "ORD-1", "lines": []}')
            """)
        let first = try EngineProcess(
            session.endpoints, failpoint: failpoint, configuration: configuration, folder: folder)
        #expect(await first.ends(within: .seconds(60)))
        #expect(first.endedBy == SIGKILL)
        #expect(agent.requests.count == 1)
        // As if the half minute after which an engine counts as gone were over, and its lease. The next
        // one leads for a quarter of a minute before it believes that.
        try await connection.query("UPDATE engines SET heartbeat_at = now() - interval '1 h'")
        try await connection.query("UPDATE leases SET expires_at = now()")
        let second = try EngineProcess(
            session.endpoints, configuration: configuration, folder: folder)
        #expect(
            try await eventually(within: .seconds(60)) {
                try await connection.query(
                    "SELECT 1 FROM sync_jobs WHERE status = 'processing' AND waits_for = 'callback' "
                        + "AND retry_count = 0"
                ).first != nil
            })
        #expect(agent.requests.count == 2)
        #expect(Set(agent.requests.map { $0.headers["idempotency-key"] ?? "" }).count == 1)
        let outcomes = try await connection.query(
            "SELECT outcome FROM sync_job_calls ORDER BY id"
        ).map { try $0.string(0) }
        #expect(outcomes == ["interrupted", "taken"])
        second.send(SIGTERM)
        #expect(await second.ends())
        await connection.close()
        await session.close()
    }
}
