import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Ingest: races and lost connections", .timeLimit(.minutes(5)))
struct IngestRaceTests {
    private typealias F = IngestFixture

    private static let isWaiting = """
        SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE '% ingest%'
            AND datname = current_database() AND wait_event_type = 'Lock'
        """

    /// Calls `body` while another session holds `sql`, once `call` waits for it.
    private static func whileHeld(
        _ fixture: IngestFixture, _ sql: String,
        call: @escaping @Sendable () async throws -> [String],
        _ body: (PostgresConnection) async throws -> Void
    ) async throws -> [String] {
        let other = try await PostgresConnection.connect(fixture.database)
        try await other.query("BEGIN", isPrepared: false)
        try await other.query(sql, isPrepared: false)
        async let answer = call()
        let waits = try await eventually(within: .seconds(30)) {
            try await fixture.connection.query(isWaiting).only().int(0) == 1
        }
        #expect(waits)
        try await body(other)
        await other.close()
        return try await answer
    }

    @Test("who comes second to a row says why it was not written, by what stands now")
    func lostRace() async throws {
        try await F.with { (fixture: IngestFixture) async throws in
            try await fixture.mapUsual()
            try await fixture.items(["A", "B", "C"].map { F.item($0) })
            let rows = ["C", "B", "A"].map { F.item($0, hash: "h2", at: "2026-05-01T11:00:00Z") }
            let words = try await Self.whileHeld(
                fixture,
                """
                UPDATE items SET content_hash = CASE sku WHEN 'B' THEN 'h2' ELSE 'h3' END,
                    erp_timestamp = '2026-05-01T11:30:00Z' WHERE sku IN ('A', 'B')
                """,
                call: { try await fixture.items(rows) }
            ) { try await $0.query("COMMIT", isPrepared: false) }
            #expect(
                words == ["C processed", "B skipped no_changes", "A failed stale_timestamp"])
            #expect(
                try await fixture.texts("SELECT sku || content_hash FROM items ORDER BY 1")
                    == ["Ah3", "Bh2", "Ch2"])
            #expect(
                try await fixture.texts(
                    "SELECT concat_ws(' ', summary->>'processed', summary->>'skipped', "
                        + "summary->>'failed') FROM reconciliation_events ORDER BY id DESC LIMIT 1")
                    == ["1 1 1"])
        }
    }

    @Test(
        "a connection that dies in the middle leaves nothing half-written, and the next call works")
    func killed() async throws {
        try await F.with(sessions: 1) { (fixture: IngestFixture) async throws in
            try await fixture.mapUsual()
            try await fixture.items([F.item("M")])
            let rows = ["A", "M", "Z"].map { F.item($0, hash: "h2") }
            await #expect(throws: PostgresError.self) {
                _ = try await Self.whileHeld(
                    fixture, "UPDATE items SET name = 'held' WHERE sku = 'M'",
                    call: { try await fixture.items(rows) }
                ) { _ in try await Self.kill(fixture) }
            }
            #expect(
                try await fixture.texts("SELECT sku || content_hash FROM items ORDER BY 1")
                    == ["Mh1"])
            #expect(
                try await fixture.items(rows) == ["A processed", "M processed", "Z processed"])
        }
    }

    @Test("of a batch, what was committed before a connection died is said, and the rest too")
    func batch() async throws {
        try await F.with(sessions: 1) { (fixture: IngestFixture) async throws in
            try await fixture.mapUsual()
            try await fixture.items([F.item("S0550")])
            let skus = (0..<600).map { "S0" + String(String(1_000 + $0).dropFirst()) }
            let words = try await Self.whileHeld(
                fixture, "UPDATE items SET name = 'held' WHERE sku = 'S0550'",
                call: { try await fixture.items(skus.map { F.item($0, hash: "h2") }) }
            ) { _ in try await Self.kill(fixture) }
            #expect(words[..<500].allSatisfy { $0.hasSuffix(" processed") })
            #expect(words[500...].allSatisfy { $0.hasSuffix(" failed not_written") })
            #expect(
                try await fixture.texts(
                    "SELECT count(*)::text FROM items WHERE content_hash = 'h2'")
                    == ["500"])
        }
    }

    @Test("a commit whose answer was lost is found done when the call is repeated")
    func lostCommit() async throws {
        try await PostgresFixture.withDatabase { url in
            let settings = PostgresSettings(url: url)
            _ = try await Migrator(settings: settings).migrate(dryRun: false)
            let proxy = try PostgresProxy(to: url)
            defer { proxy.stop() }
            try await F.with(settings, through: PostgresSettings(url: proxy.url)) {
                (fixture: IngestFixture) async throws in
                try await fixture.mapUsual()
                try await fixture.items([F.item("A")])
                proxy.loseNextCommit()
                await #expect(throws: PostgresError.self) {
                    try await fixture.items([F.item("B")])
                }
                #expect(proxy.lostCommits == 1)
                #expect(try await fixture.items([F.item("B")]) == ["B skipped no_changes"])
            }
        }
    }

    private static func kill(_ fixture: IngestFixture) async throws {
        try await fixture.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                + "WHERE application_name LIKE '% ingest%' AND datname = current_database()")
    }
}
