import Demo
import Foundation
import Postgres
import TestSupport
import Testing

@Suite("An engine that is killed")
struct EngineKillTests {
    @Test("at each named point loses nothing and applies nothing twice")
    func namedPoints() async throws {
        try await EngineLoad.with(seed: 11) { session, connection, folder in
            for point in [
                "before_commit:3", "after_commit:2", "draining", "between_claim_and_letter",
                "after_publish",
            ] {
                let engine = try EngineProcess(
                    session.endpoints, failpoint: point, folder: folder)
                #expect(await engine.ends(within: .seconds(60)), "\(point) was not reached")
                #expect(engine.endedBy == SIGKILL, "\(point)")
                if engine.endedBy == nil { engine.send(SIGKILL) }
            }
        }
    }

    @Test("ten times at random under load loses nothing and applies nothing twice")
    func atRandom() async throws {
        try await EngineLoad.with(seed: 12) { session, connection, folder in
            var random = SystemRandomNumberGenerator()
            for _ in 0..<10 {
                let before = try await EngineLoad.received(connection)
                let engine = try EngineProcess(session.endpoints, folder: folder)
                let more = Int64.random(in: 1...200, using: &random)
                #expect(
                    try await eventually(within: .seconds(30)) {
                        try await EngineLoad.received(connection) >= before + more
                    })
                engine.send(SIGKILL)
                #expect(await engine.ends())
            }
        }
    }

    @Test("when it comes back from being frozen past its session, it commits nothing of the past")
    func frozen() async throws {
        try await EngineLoad.with(seed: 13) { session, connection, folder in
            let first = try EngineProcess(session.endpoints, folder: folder)
            #expect(
                try await eventually(within: .seconds(30)) {
                    try await EngineLoad.received(connection) > 0
                })
            first.send(SIGSTOP)
            let second = try EngineProcess(session.endpoints, folder: folder)
            let taken = """
                SELECT count(*) FROM consumer_offsets o JOIN engines e ON e.id = o.engine_id
                WHERE e.process_id = \(second.pid)
                """
            let all = try await connection.query("SELECT count(*) FROM consumer_offsets").only()
                .int(0)
            #expect(
                try await eventually(within: .seconds(40)) {
                    try await connection.query(taken).only().int(0) == all
                })
            let before = try await EngineLoad.received(connection)
            first.send(SIGCONT)
            #expect(
                try await eventually(within: .seconds(40)) {
                    try await EngineLoad.received(connection) > before + 100
                })
            for engine in [first, second] {
                engine.send(SIGTERM)
                #expect(await engine.ends())
            }
        }
    }
}
