import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Leadership", .timeLimit(.minutes(5)))
struct LeadershipTests {
    @Test("is one engine's of several, and goes to another as soon as that one stops")
    func election() async throws {
        try await LeaseSide.with { side in
            var engines: [Candidate] = []
            for name in ["a", "b", "c"] { engines.append(try await side.start(name)) }
            let first = try await side.leader(among: engines)
            #expect(try await side.marked() == [first.id])
            let others = engines.filter { $0.id != first.id }
            #expect(others.allSatisfy { $0.leadership.seat.term == nil })

            let term = first.leadership.seat.term?.fencing
            await first.stop()
            #expect(first.leadership.seat.term == nil)
            let second = try await side.leader(among: others)
            #expect(try await side.marked() == [second.id])
            #expect(term == 1)
            #expect(second.leadership.seat.term?.fencing == 2)
            for engine in others { await engine.stop() }
            #expect(try await side.marked().isEmpty)
        }
    }

    @Test("of an engine that died goes to another once its lease has run out")
    func death() async throws {
        try await LeaseSide.with { side in
            // It never renews its lease.
            let dead = try await side.engine("dead")
            #expect(try await side.take(dead, seconds: 3_600) == 1)
            let other = try await side.engine("other")
            #expect(try await side.take(other, seconds: 3_600) == nil)
            #expect(try await side.marked() == [dead])
            try await side.moveClock(by: "-2 hours")
            let living = try await side.start("living")
            let leader = try await side.leader(among: [living])
            #expect(leader.leadership.seat.term == LeaderTerm(engineID: living.id, fencing: 2))
            #expect(try await side.marked() == [living.id])
            await living.stop()
        }
    }

    @Test("renewed in time keeps its number; renewed too late it gets another")
    func renewal() async throws {
        try await LeaseSide.with { side in
            let engine = try await side.engine("a")
            #expect(try await side.take(engine) == 1)
            #expect(try await side.take(engine, holding: 1) == 1)
            try await side.moveClock(by: "-1 hour")
            #expect(try await side.take(engine, holding: 1) == 2)
            // Another process under the same id would not know the number.
            #expect(try await side.take(engine, holding: 1) == nil)
        }
    }

    @Test("is lost by a server clock that is set an hour forward, and won anew")
    func forward() async throws {
        try await LeaseSide.with { side in
            let engine = try await side.engine("a")
            let term = LeaderTerm(
                engineID: engine, fencing: try #require(try await side.take(engine)))
            try await side.moveClock(by: "-1 hour")
            await #expect(throws: LeadershipLost.self) {
                try await side.write("late", under: term)
            }
            #expect(try await side.take(engine, holding: 1) == 2)
            try await side.write("anew", under: LeaderTerm(engineID: engine, fencing: 2))
            #expect(try await side.written() == ["anew"])
        }
    }

    @Test("is unbroken while it is taken over in time, and not across a gap")
    func unbroken() async throws {
        try await LeaseSide.with { side in
            let since = "SELECT unbroken_since::text FROM leases"
            let engine = try await side.engine("a")
            #expect(try await side.take(engine) == 1)
            let first = try await side.events.texts(since)
            try await side.moveClock(by: "-17 seconds")
            let other = try await side.engine("other")
            #expect(try await side.take(other) == 2)
            #expect(try await side.events.texts(since) == first)
            // The database was away, or no engine ran.
            try await side.moveClock(by: "-1 minute")
            #expect(try await side.take(other, holding: 2) == 3)
            #expect(try await side.events.texts(since) != first)
        }
    }

    @Test("can be had at once after a server clock was set an hour back")
    func back() async throws {
        try await LeaseSide.with { side in
            let dead = try await side.engine("dead")
            _ = try await side.take(dead)
            // Given an hour ahead of what the clock shows now.
            try await side.moveClock(by: "1 hour")
            let other = try await side.engine("other")
            #expect(try await side.take(other) == 2)
            await #expect(throws: LeadershipLost.self) {
                try await side.write("old", under: LeaderTerm(engineID: dead, fencing: 1))
            }
            #expect(try await side.written().isEmpty)
        }
    }

    @Test("that has passed to another lets the one before write nothing")
    func fencing() async throws {
        try await LeaseSide.with { side in
            let frozen = try await side.engine("frozen")
            let old = LeaderTerm(
                engineID: frozen, fencing: try #require(try await side.take(frozen)))
            let other = try await side.engine("other")
            try await side.moveClock(by: "-1 hour")
            let new = LeaderTerm(
                engineID: other, fencing: try #require(try await side.take(other)))
            try await side.write("of the new one", under: new)
            await #expect(throws: LeadershipLost.self) {
                try await side.write("of the old one", under: old)
            }
            #expect(try await side.written() == ["of the new one"])
        }
    }

    @Test("does not pass to another between the check and the commit")
    func checked() async throws {
        try await LeaseSide.with { side in
            let writer = try await side.engine("writer")
            let term = LeaderTerm(
                engineID: writer,
                fencing: try #require(try await side.take(writer, seconds: 3_600)))
            let other = try await side.engine("other")
            let taking = try await side.events.connection.transaction { connection in
                try await connection.query("INSERT INTO notes VALUES ('checked')")
                try await Leadership.check(term, connection)
                // To one who holds leases so shortly, this one has run out; it has to wait for the
                // commit nevertheless.
                let taking = Task { try await side.take(other, seconds: 0.001, apart: true) }
                let isWaiting = try await eventually(within: .seconds(30)) {
                    try await connection.query(
                        "SELECT count(*) FROM pg_locks WHERE NOT granted "
                            + "AND transactionid::text = pg_current_xact_id()::xid::text"
                    ).only().int(0) > 0
                }
                #expect(isWaiting)
                return taking
            }
            #expect(try await taking.value == 2)
            #expect(try await side.written() == ["checked"])
        }
    }

    @Test("is shown of exactly one engine, whatever the others' heartbeats believe")
    func heartbeats() async throws {
        try await LeaseSide.with { side in
            let frozen = try await side.engine("frozen")
            _ = try await side.take(frozen)
            try await side.beat(frozen)
            #expect(try await side.marked() == [frozen])
            try await side.moveClock(by: "-1 hour")
            let other = try await side.engine("other")
            _ = try await side.take(other)
            try await side.beat(frozen)
            try await side.beat(other)
            #expect(try await side.marked() == [other])
        }
    }

    @Test("that is being given back is not taken for held any more")
    func left() async throws {
        try await LeaseSide.with { side in
            let engine = try await side.start("a")
            _ = try await side.leader(among: [engine])
            await engine.stop()
            let other = try await side.engine("b")
            #expect(try await side.take(other) == 2)
        }
    }
}

/// An engine's leadership, running.
private final class Candidate: Sendable {
    let id: Int64
    let leadership: Leadership
    private let running: Task<Void, Never>
    private let session: PostgresSession

    init(id: Int64, database: PostgresSettings) {
        self.id = id
        let session = PostgresSession(database)
        let leadership = Leadership(
            engineID: id, session: session, log: .silent, leaseSeconds: 6)
        self.session = session
        self.leadership = leadership
        running = Task { await leadership.run() }
    }

    func stop() async {
        await leadership.stop()
        await running.value
        await session.close()
    }
}

/// A database with engines that want to lead.
private struct LeaseSide: Sendable {
    let events: ApplyFixture

    static func with(
        isolation: isolated (any Actor)? = #isolation, _ body: (LeaseSide) async throws -> Void
    ) async throws {
        try await ApplyFixture.with { (events: ApplyFixture) async throws in
            try await events.run("CREATE TABLE notes (words text)")
            try await body(LeaseSide(events: events))
        }
    }

    /// The row of an engine that does nothing.
    func engine(_ host: String) async throws -> Int64 {
        try await events.connection.query(
            EngineSQL.engineRegister,
            [.text(host), .int(1), .text("engine"), .text("1"), .text("hash"), .null]
        ).only().int(0)
    }

    func start(_ host: String) async throws -> Candidate {
        Candidate(id: try await engine(host), database: events.database)
    }

    /// The one that leads, as soon as one does.
    func leader(among engines: [Candidate]) async throws -> Candidate {
        var leaders: [Candidate] = []
        _ = await eventually(within: .seconds(60)) {
            leaders = engines.filter { $0.leadership.seat.term != nil }
            return !leaders.isEmpty
        }
        #expect(leaders.count == 1)
        return try #require(leaders.first)
    }

    /// - Parameter apart: on a connection of its own.
    func take(
        _ engine: Int64, seconds: Double = 15, holding fencing: Int64 = 0, apart: Bool = false
    ) async throws -> Int64? {
        let parameters: [PostgresValue] = [
            .text(Leadership.leaseName), .int(engine), .double(seconds), .int(fencing),
        ]
        guard apart else {
            return try await events.connection.query(EngineSQL.leaseTake, parameters).first?.int(0)
        }
        let session = PostgresSession(events.database)
        let rows = try await session.withConnection { connection in
            try await connection.query(EngineSQL.leaseTake, parameters)
        }
        await session.close()
        return try rows.first?.int(0)
    }

    /// The lease as it looks when the server's clock has been moved the other way.
    func moveClock(by interval: String) async throws {
        try await events.run("UPDATE leases SET expires_at = expires_at + interval '\(interval)'")
    }

    /// What a duty does.
    func write(_ words: String, under term: LeaderTerm) async throws {
        try await events.connection.transaction { connection in
            try await connection.query("INSERT INTO notes VALUES ($1)", [.text(words)])
            try await Leadership.check(term, connection)
        }
    }

    func written() async throws -> [String] { try await events.texts("SELECT words FROM notes") }

    /// The engines whose rows say that they lead.
    func marked() async throws -> [Int64] {
        var ids: [Int64] = []
        for row in try await events.connection.query(
            "SELECT id FROM engines WHERE is_leader ORDER BY id")
        {
            ids.append(try row.int(0))
        }
        return ids
    }

    func beat(_ engine: Int64) async throws {
        try await events.connection.query(
            EngineSQL.engineHeartbeat, EngineHeartbeat(engineID: engine).parameters)
    }
}
