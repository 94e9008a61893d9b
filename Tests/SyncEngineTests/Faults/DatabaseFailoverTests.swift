import Glibc
import Postgres
import PrivateServers
import TestSupport
import Testing

@testable import SyncEngine

@Suite("An engine whose database fails over")
struct DatabaseFailoverTests {
    /// The position is committed with what it stands for, so a standby that lacks the last commits
    /// lacks their positions too: the engine reads those events again.
    @Test("reads again what the standby never heard of, and nothing twice")
    func lostCommits() async throws {
        try await PostgresFixture.withCluster { primary in
            let standby = try await primary.standby()
            do {
                try await Self.failOver(from: primary, to: standby)
            } catch {
                await standby.stop()
                throw error
            }
            await standby.stop()
        }
    }

    private static func failOver(
        from primary: PrivatePostgres, to standby: PrivatePostgres
    ) async throws {
        let database = PostgresSettings(
            url: PrivatePostgres.connectionURL(
                ofOneOf: [primary, standby], database: "postgres"))
        try await EngineFixture.with(database) { (fixture: EngineFixture) async throws in
            var load = FaultLoad(services: 60)
            try await fixture.withEngine { () async throws in
                for _ in 0..<3 { try await fixture.produce(load.next()) }
                #expect(try await fixture.drained(load.deliveries))
                let known = load.deliveries
                #expect(
                    try await eventually(within: .seconds(20)) {
                        try await Self.received(at: standby) == known
                    })

                // From here on the standby is told nothing any more.
                for process in await primary.processes(titled: "walsender") {
                    kill(process, SIGSTOP)
                }
                for _ in 0..<3 { try await fixture.produce(load.next()) }
                #expect(try await fixture.drained(load.deliveries))
                for _ in 0..<5 { try await fixture.produce(load.next()) }
                await primary.crash()
                #expect(try await Self.received(at: standby) == known)
                try await standby.promote()

                try await fixture.produce(load.next())
                #expect(
                    try await eventually(within: .seconds(60)) {
                        try await Self.received(at: standby) >= load.deliveries
                    })
                #expect(try await fixture.drained(load.deliveries))
                #expect(try await load.faults(in: fixture) == [])
            }
        }
    }

    private static func received(at server: PrivatePostgres) async throws -> Int {
        let connection = try await PostgresConnection.connect(
            PostgresSettings(url: server.connectionURL))
        let rows = try await connection.query(
            "SELECT coalesce(sum(received_total), 0)::bigint FROM consumer_offsets")
        await connection.close()
        return Int(try rows.only().int(0))
    }
}
