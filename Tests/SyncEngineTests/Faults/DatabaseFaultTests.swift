import Postgres
import PrivateServers
import TestSupport
import Testing

@testable import SyncEngine

@Suite("An engine whose database has troubles")
struct DatabaseFaultTests {
    /// Runs an engine over a cluster of its own, in whose traffic `fault` happens, and looks at
    /// what is there once all has been applied.
    private static func survives(
        lockTimeout: Duration = .seconds(10), callDeadline: Duration = .seconds(40),
        settings: [String: String] = [:], isolation: isolated (any Actor)? = #isolation,
        _ fault: (PrivatePostgres, EngineFixture, inout FaultLoad) async throws -> Void
    ) async throws {
        try await PostgresFixture.withCluster(settings: settings) { server in
            let database = PostgresSettings(
                url: server.connectionURL, lockTimeout: lockTimeout, callDeadline: callDeadline)
            try await EngineFixture.with(database) { (fixture: EngineFixture) async throws in
                var load = FaultLoad(services: 60)
                try await fixture.withEngine { () async throws in
                    try await fixture.produce(load.next())
                    #expect(try await fixture.drained(load.deliveries))
                    try await fault(server, fixture, &load)
                    try await fixture.produce(load.next())
                    #expect(try await fixture.drained(load.deliveries))
                    #expect(try await load.faults(in: fixture) == [])
                }
            }
        }
    }

    @Test("goes on by itself when PostgreSQL is restarted under load, twice")
    func restarted() async throws {
        try await Self.survives { server, fixture, load in
            for _ in 0..<2 {
                let before = load.deliveries
                for _ in 0..<10 { try await fixture.produce(load.next()) }
                #expect(
                    try await eventually {
                        try await fixture.count(
                            "SELECT sum(received_total)::bigint FROM consumer_offsets") > before
                    })
                try await server.restart()
                try await fixture.produce(load.next())
            }
        }
    }

    @Test("goes on by itself after PostgreSQL was frozen for longer than a call may last")
    func frozen() async throws {
        try await Self.survives(callDeadline: .seconds(2)) { server, fixture, load in
            await server.freeze()
            for _ in 0..<5 { try await fixture.produce(load.next()) }
            let thaw = ContinuousClock.now + .seconds(5)
            #expect(await eventually(within: .seconds(8)) { ContinuousClock.now > thaw })
            await server.thaw()
        }
    }

    @Test("waits while PostgreSQL has no connection to spare, and no attempt is counted")
    func outOfConnections() async throws {
        try await Self.survives(settings: ["max_connections": "50"]) { server, fixture, load in
            var hogs: [PostgresConnection] = []
            let plain = PostgresSettings(url: server.connectionURL)
            hogs.append(try await PostgresConnection.connect(plain))
            // Whatever the engine gives up is taken, until it has none.
            let isAlone = try await eventually(within: .seconds(20)) {
                try await hogs[0].query(
                    """
                    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                    WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'
                      AND application_name LIKE 'syncconsole%' AND NOT pid = ANY ($1)
                    """, [.int32Array(await Self.processes(hogs))])
                while let hog = try? await PostgresConnection.connect(plain) { hogs.append(hog) }
                return hogs.count == 50
            }
            #expect(isAlone)
            for _ in 0..<3 { try await fixture.produce(load.next()) }
            let received = try await hogs[0].query(
                "SELECT sum(received_total)::bigint FROM consumer_offsets"
            ).only().int(0)
            #expect(received < load.deliveries)
            for hog in hogs { await hog.close() }
        }
    }

    private static func processes(_ connections: [PostgresConnection]) async -> [Int32] {
        var processes: [Int32] = []
        for connection in connections {
            let rows = try? await connection.query("SELECT pg_backend_pid()::bigint")
            if let pid = try? rows?.only().int(0) {
                processes.append(Int32(truncatingIfNeeded: pid))
            }
        }
        return processes
    }

    @Test(
        "waits for a table that is locked for longer than the lock timeout",
        arguments: ["service_catalog", "entity_stream", "service_catalog_event_log"])
    func lockedTable(table: String) async throws {
        try await Self.survives(lockTimeout: .milliseconds(300)) { server, fixture, load in
            let other = try await PostgresConnection.connect(
                PostgresSettings(url: server.connectionURL))
            try await other.script("BEGIN; LOCK TABLE \(table) IN ACCESS EXCLUSIVE MODE")
            for _ in 0..<3 { try await fixture.produce(load.next()) }
            let end = ContinuousClock.now + .seconds(2)
            #expect(await eventually(within: .seconds(5)) { ContinuousClock.now > end })
            try await other.script("COMMIT")
            await other.close()
        }
    }
}
