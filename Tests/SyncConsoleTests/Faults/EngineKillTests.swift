import Demo
import Foundation
import Kafka
import Postgres
import SyncEngine
import Synchronization
import TestSupport
import Testing

@Suite("An engine that is killed")
struct EngineKillTests {
    /// Traffic runs while `body` does; afterwards an engine that nobody kills finishes it, and every
    /// event and every service is compared with an independent model.
    private static func underLoad(
        seed: UInt64,
        _ body: (DemoSession, PostgresConnection, URL) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "syncconsole-kill-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let session = try await DemoSession.start(DemoOptions(seed: seed, rate: 120))
        let database = PostgresSettings(url: session.endpoints.databaseURL)
        _ = try await Migrator(settings: database).migrate(dryRun: false)
        try await session.install()
        let connection = try await PostgresConnection.connect(database)
        let isOver = Mutex(false)
        let traffic = try await session.traffic(remembers: true)
        do {
            async let producing: Void = {
                var end = Duration.zero
                while !isOver.withLock({ $0 }) {
                    end += .milliseconds(500)
                    try await traffic.run(for: end)
                }
            }()
            do {
                try await body(session, connection, folder)
            } catch {
                isOver.withLock { $0 = true }
                throw error
            }
            isOver.withLock { $0 = true }
            try await producing
            let last = try EngineProcess(session.endpoints, folder: folder)
            #expect(try await session.drain())
            let report = try await session.count(await traffic.delivered)
            // A letter may be published twice: its consumers know it by its id.
            #expect(
                report.differences.filter { $0.subject != "letters published" }
                    .map { "\($0)" } == [])
            #expect(report.received == report.produced)
            #expect(report.deadLettered > 0 && report.held > 0 && report.duplicates > 0)
            last.send(SIGTERM)
            #expect(await last.ends())
        } catch {
            await connection.close()
            await session.close()
            throw error
        }
        await connection.close()
        await session.close()
    }

    private static func received(_ connection: PostgresConnection) async throws -> Int64 {
        try await connection.query(
            "SELECT coalesce(sum(received_total), 0)::bigint FROM consumer_offsets"
        ).only().int(0)
    }

    @Test("at each named point loses nothing and applies nothing twice")
    func namedPoints() async throws {
        try await Self.underLoad(seed: 11) { session, connection, folder in
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
        try await Self.underLoad(seed: 12) { session, connection, folder in
            var random = SystemRandomNumberGenerator()
            for _ in 0..<10 {
                let before = try await Self.received(connection)
                let engine = try EngineProcess(session.endpoints, folder: folder)
                let more = Int64.random(in: 1...200, using: &random)
                #expect(
                    try await eventually(within: .seconds(30)) {
                        try await Self.received(connection) >= before + more
                    })
                engine.send(SIGKILL)
                #expect(await engine.ends())
            }
        }
    }

    @Test("when it comes back from being frozen past its session, it commits nothing of the past")
    func frozen() async throws {
        try await Self.underLoad(seed: 13) { session, connection, folder in
            let first = try EngineProcess(session.endpoints, folder: folder)
            #expect(
                try await eventually(within: .seconds(30)) {
                    try await Self.received(connection) > 0
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
            let before = try await Self.received(connection)
            first.send(SIGCONT)
            #expect(
                try await eventually(within: .seconds(40)) {
                    try await Self.received(connection) > before + 100
                })
            for engine in [first, second] {
                engine.send(SIGTERM)
                #expect(await engine.ends())
            }
        }
    }
}
