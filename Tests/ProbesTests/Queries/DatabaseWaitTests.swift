import Postgres
import TestSupport
import Testing

@testable import Probes

@Suite("The wait for somebody else's lock")
struct DatabaseWaitTests {
    private static let never = 86_400.0

    @Test(
        "counts once it is long, and at once behind a transaction that is old",
        .timeLimit(.minutes(5)))
    func counted() async throws {
        try await PostgresFixture.withDatabase { url in
            try await withConnections(url) { probe, report, engine in
                try await probe.script("CREATE TABLE services (code text)")
                try await report.script(
                    "BEGIN; LOCK TABLE services IN ACCESS EXCLUSIVE MODE")
                async let waiting: Void = engine.script("SELECT count(*) FROM services")
                var named: DatabaseWait?
                // Every transaction is older than no time at all.
                let isNamed = try await eventually {
                    named = try await Self.wait(probe, leastSeconds: Self.never, oldSeconds: 0)
                    return named != nil
                }
                #expect(isNamed)
                #expect(named?.waiting == "syncconsole engine")
                #expect(named?.blocker == "nightly report")
                #expect(named?.blockerSince.map { $0 <= (named?.since ?? $0) } == true)
                let long = try await Self.wait(probe, leastSeconds: 0, oldSeconds: Self.never)
                #expect(long == named)
                let passing = try await Self.wait(
                    probe, leastSeconds: Self.never, oldSeconds: Self.never)
                #expect(passing == nil)
                try await report.script("ROLLBACK")
                try await waiting
                let over = try await Self.wait(probe, leastSeconds: 0, oldSeconds: 0)
                #expect(over == nil)
            }
        }
    }

    @Test("names the transaction at its head, not those that wait in between")
    func queue() async throws {
        try await PostgresFixture.withDatabase { url in
            try await withConnections(url) { probe, report, engine in
                try await probe.script("CREATE TABLE services (code text)")
                try await report.script("BEGIN; LOCK TABLE services IN SHARE MODE")
                let other = try await Self.connect(url, as: "syncconsole reconcile")
                async let first: Void = engine.script("INSERT INTO services VALUES ('A')")
                let isWaiting = try await eventually {
                    try await Self.wait(probe, leastSeconds: 0, oldSeconds: Self.never) != nil
                }
                #expect(isWaiting)
                async let second: Void = other.script(
                    "BEGIN; LOCK TABLE services IN ACCESS EXCLUSIVE MODE; ROLLBACK")
                let areWaiting = try await eventually {
                    try await probe.query(
                        """
                        SELECT FROM pg_stat_activity
                        WHERE datname = current_database() AND wait_event_type = 'Lock'
                        """
                    ).count == 2
                }
                #expect(areWaiting)
                let named = try await Self.wait(probe, leastSeconds: 0, oldSeconds: Self.never)
                #expect(named?.blocker == "nightly report")
                try await report.script("ROLLBACK")
                try await first
                try await second
                await other.close()
            }
        }
    }

    // MARK: Help

    private static func wait(
        _ connection: PostgresConnection, leastSeconds: Double, oldSeconds: Double
    ) async throws -> DatabaseWait? {
        try await connection.pipeline([
            DatabaseWait.statement(leastSeconds: leastSeconds, oldSeconds: oldSeconds)
        ])[0].decoded(DatabaseWait.init).first
    }

    private static func connect(_ url: String, as name: String) async throws -> PostgresConnection {
        try await PostgresConnection.connect(
            PostgresSettings(url: url, applicationName: name, lockTimeout: .seconds(300)))
    }

    private func withConnections(
        _ url: String,
        _ body: (
            _ probe: PostgresConnection, _ report: PostgresConnection, _ engine: PostgresConnection
        ) async throws -> Void
    ) async throws {
        let probe = try await Self.connect(url, as: "syncconsole watch")
        let report = try await Self.connect(url, as: "nightly report")
        let engine = try await Self.connect(url, as: "syncconsole engine")
        try await body(probe, report, engine)
        for connection in [probe, report, engine] { await connection.close() }
    }
}
