import Postgres
import TestSupport
import Testing

@testable import SyncEngine

@Suite("A run while events wait", .timeLimit(.minutes(5)))
struct RunYieldTests {
    private static let rows = (0..<20).map { RunFixture.row("S\($0)") }

    /// As the engines note it: so many messages behind, a moment ago.
    private func backlog(_ messages: Int, in run: RunFixture) async throws {
        try await run.events.run(
            """
            INSERT INTO partition_watermarks
                (cluster_id, topic, kafka_partition, low_watermark, end_offset, read_at)
            SELECT cluster_id, topic, kafka_partition, 0, next_offset + \(messages),
                   now() + interval '1 hour'
            FROM consumer_offsets
            ON CONFLICT (cluster_id, topic, kafka_partition) DO UPDATE
            SET end_offset = excluded.end_offset, read_at = excluded.read_at
            """)
    }

    @Test("stands back between chunks, says so, and goes on when they are fewer")
    func standsBack() async throws {
        try await RunFixture.with(yieldAboveLag: 5_000) { (run: RunFixture) async throws in
            try run.write(Self.rows)
            try await backlog(9_000, in: run)
            let id = try await run.start()
            let waits = try await eventually(within: .seconds(30)) {
                try await run.events.count(
                    "SELECT count(*) FROM sync_runs WHERE id = \(id) AND phase = 'applying' "
                        + "AND (progress ->> 'waits_for_events')::boolean") == 1
            }
            #expect(waits)
            #expect(try await run.events.count("SELECT count(*) FROM service_catalog") == 0)
            try await backlog(5_000, in: run)
            try await run.settled(id)
            #expect(try await run.figures(id) == "SUCCESS fetched=20 created=20")
        }
    }

    @Test("ends at once when it is cancelled meanwhile")
    func cancelled() async throws {
        try await RunFixture.with(yieldAboveLag: 5_000) { (run: RunFixture) async throws in
            try run.write(Self.rows)
            try await backlog(9_000, in: run)
            let id = try await run.start()
            try await run.reaches("RUNNING", phase: "applying", id)
            let ana = run.events.operations()
            _ = try await ana.cancelRuns([id], reason: "no")
            await ana.close()
            try await run.settled(id)
            #expect(try await run.figures(id).hasPrefix("CANCELLED"))
        }
    }

    @Test("does not wait for another group, a partition that is paused, or an old figure")
    func others() async throws {
        try await RunFixture.with(yieldAboveLag: 5_000) { (run: RunFixture) async throws in
            for change in [
                "consumer_offsets SET group_id = 'another'",
                "consumer_offsets SET paused_at = now()",
                "partition_watermarks SET read_at = '2025-01-01'",
            ] {
                try run.write(Self.rows)
                try await backlog(9_000, in: run)
                try await run.events.run("UPDATE \(change)")
                let id = try await run.reconcile()
                #expect(try await run.figures(id).hasPrefix("SUCCESS"))
                try await run.events.run(
                    "UPDATE consumer_offsets SET group_id = 'service-catalog-consumer-group', "
                        + "paused_at = NULL")
            }
        }
    }
}
