import Postgres
import TestSupport
import Testing

@testable import SyncEngine

@Suite("A session that stops in the middle of a pipeline")
struct SilentSessionTests {
    @Test("is ended after a while, and gives its locks back")
    func endsAndUnlocks() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let proxy = try PostgresProxy(to: fixture.database.url)
            defer { proxy.stop() }
            let frozen = try await PostgresConnection.connect(PostgresSettings(url: proxy.url))
            let talking = try await PostgresConnection.connect(fixture.database)
            let lock = PostgresStatement("SELECT 1 FROM consumer_offsets FOR UPDATE")
            try await frozen.pipeline([PostgresStatement("BEGIN"), lock])
            proxy.cutNextPipeline()
            async let answer: Void? = try? await {
                _ = try await frozen.pipeline([lock, PostgresStatement("COMMIT")])
            }()
            let looks = SilentSessions(patience: .milliseconds(200))
            var ended: [SilentSessions.Ended] = []
            #expect(
                try await eventually {
                    ended += try await looks.end(on: talking)
                    return !ended.isEmpty
                })
            #expect(await answer == nil)
            #expect(ended.map(\.name) == ["syncconsole"])
            #expect(ended.allSatisfy { $0.silentSeconds >= 0.2 })
            #expect(try await talking.query(lock.sql).count == 1)
            await frozen.close()
            await talking.close()
        }
    }

    @Test("is told from one that is at work, and from one that waits between two requests")
    func leavesOthers() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let working = try await PostgresConnection.connect(fixture.database)
            let waiting = try await PostgresConnection.connect(fixture.database)
            let talking = try await PostgresConnection.connect(fixture.database)
            try await waiting.query("BEGIN")
            async let slow = working.query("SELECT count(*) FROM pg_sleep(1)")
            #expect(
                try await eventually {
                    try await talking.query(
                        "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' "
                            + "AND query_start < clock_timestamp() - interval '0.1 s'"
                    ).only().int(0) == 1
                })
            let looks = SilentSessions(patience: .milliseconds(50))
            #expect(try await looks.end(on: talking).isEmpty)
            #expect(try await slow.only().int(0) == 1)
            #expect(try await waiting.query("SELECT 1").only().int(0) == 1)
            for connection in [working, waiting, talking] { await connection.close() }
        }
    }

    @Test("is looked for every few seconds, unless sessions may wait for ever")
    func due() {
        let start = ContinuousClock.now
        var looks = SilentSessions(patience: .seconds(30))
        let due = [0, 6, 7, 12].filter { looks.isDue(at: start + .seconds($0)) }
        #expect(due == [6, 12])
        var never = SilentSessions(patience: .zero)
        let neverDue = !never.isDue(at: start + .seconds(60))
        #expect(neverDue)
    }
}
