import Foundation
import Glibc
import Postgres
import TestSupport
import Testing

@Suite("Three engines on one database and one broker")
struct ThreeEnginesTests {
    /// Partitions that an engine which lives holds, by the engine's process.
    private static func shares(
        _ connection: PostgresConnection
    ) async throws -> [Int32: Int] {
        let rows = try await connection.query(
            """
            SELECT e.process_id::bigint, jsonb_array_length(e.partitions)::bigint
            FROM engines e
            WHERE e.stopped_at IS NULL AND e.heartbeat_at > now() - interval '3 s'
            """)
        var shares: [Int32: Int] = [:]
        for row in rows {
            shares[Int32(truncatingIfNeeded: try row.int(0))] = Int(try row.int(1))
        }
        return shares
    }

    /// Processes that say of themselves that they lead, and live.
    private static func leaders(_ connection: PostgresConnection) async throws -> [Int32] {
        let rows = try await connection.query(
            """
            SELECT process_id::bigint FROM engines
            WHERE is_leader AND stopped_at IS NULL AND heartbeat_at > now() - interval '3 s'
            """)
        var leaders: [Int32] = []
        for row in rows { leaders.append(Int32(truncatingIfNeeded: try row.int(0))) }
        return leaders
    }

    /// Whether all of `engines` and nobody else hold all partitions, and one of them leads.
    private static func share(
        _ engines: [EngineProcess], _ connection: PostgresConnection
    ) async throws -> Bool {
        try await eventually(within: .seconds(90)) {
            let all = try await connection.query("SELECT count(*) FROM consumer_offsets").only()
                .int(0)
            let shares = try await shares(connection)
            let leaders = try await leaders(connection)
            return Set(shares.keys) == Set(engines.map(\.pid))
                && shares.values.allSatisfy { $0 > 0 }
                && all > 0 && shares.values.reduce(0, +) == all
                && leaders.count == 1 && engines.contains { $0.pid == leaders[0] }
        }
    }

    @Test(
        "share the partitions, have one leader, and lose nothing when the leader is killed, twice")
    func killedLeaders() async throws {
        try await EngineLoad.with(seed: 21) { session, connection, folder in
            var engines: [EngineProcess] = []
            for _ in 0..<3 {
                engines.append(try EngineProcess(session.endpoints, folder: folder))
            }
            #expect(try await Self.share(engines, connection))
            for _ in 0..<2 {
                let leader = try #require(try await Self.leaders(connection).first)
                let victim = try #require(engines.first { $0.pid == leader })
                victim.send(SIGKILL)
                #expect(await victim.ends())
                engines.removeAll { $0.pid == leader }
                engines.append(try EngineProcess(session.endpoints, folder: folder))
                #expect(try await Self.share(engines, connection))
            }
            for engine in engines { engine.send(SIGTERM) }
            for engine in engines { #expect(await engine.ends()) }
        }
    }
}
