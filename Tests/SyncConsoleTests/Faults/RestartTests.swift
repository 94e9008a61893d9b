import Foundation
import Glibc
import Postgres
import Synchronization
import TestSupport
import Testing

/// Asks a port again and again, on a connection of its own each time, as many askers at once.
private final class Askers: Sendable {
    struct Count: Sendable {
        var answered = 0
        var broken: [String] = []
        /// The longest that one waited for his answer.
        var longest = Duration.zero
    }

    private let isOver = Atomic<Bool>(false)
    private let inside = Mutex(Count())

    var count: Count { inside.withLock { $0 } }

    func ask(_ port: UInt16, askers: Int) async {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<askers {
                group.addTask {
                    while !self.isOver.load(ordering: .relaxed) { await self.askOnce(port) }
                }
            }
        }
    }

    func end() { isOver.store(true, ordering: .relaxed) }

    private func askOnce(_ port: UInt16) async {
        let began = ContinuousClock.now
        var answer = "refused"
        if let client = try? RawConnection(port: port) {
            try? client.send("GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            answer = await client.readToEnd()
        }
        let took = ContinuousClock.now - began
        inside.withLock { count in
            count.longest = max(count.longest, took)
            if answer.hasPrefix("HTTP/1.1 200 ") {
                count.answered += 1
            } else {
                count.broken.append(answer)
            }
        }
    }
}

/// How long nothing was applied, at the longest: the database tells of each batch.
private actor Pauses {
    private(set) var longest = Duration.zero

    private static let telling = [
        "CREATE FUNCTION test_applied() RETURNS trigger LANGUAGE plpgsql AS "
            + "$$ BEGIN PERFORM pg_notify('test_applied', ''); RETURN NULL; END $$",
        "CREATE TRIGGER test_applied AFTER UPDATE ON consumer_offsets FOR EACH ROW "
            + "WHEN (OLD.received_total <> NEW.received_total) EXECUTE FUNCTION test_applied()",
    ]

    /// Until it is cancelled.
    func watch(_ database: PostgresSettings) async throws {
        let connection = try await PostgresConnection.connect(database)
        for statement in Self.telling { try await connection.query(statement, isPrepared: false) }
        try await connection.listen("test_applied")
        var last = ContinuousClock.now
        while !Task.isCancelled {
            let heard = try await connection.notifications(timeout: .seconds(1))
            longest = max(longest, .now - last)
            if !heard.isEmpty { last = .now }
        }
        await connection.close()
    }
}

@Suite("An engine is restarted under load", .timeLimit(.minutes(5)))
struct RestartTests {
    @Test("the next one takes over before it ends: nothing is lost, every request is answered")
    func handsOver() async throws {
        try await EngineLoad.with(seed: 33) { session, connection, folder in
            let shared = try ListeningSocket()
            let configuration = "socket: { folder: \(folder.path)/sockets }"
            func start() throws -> EngineProcess {
                try EngineProcess(
                    session.endpoints, configuration: configuration, folder: folder,
                    handing: shared.descriptor)
            }
            /// As scripts/restart-engine asks.
            func isReady(_ engine: EngineProcess) async throws -> Bool {
                try await ProgramRun.run(
                    [
                        "health", "--config", "\(folder.path)/engine.yaml", "--process",
                        "\(engine.pid)", "--wait", "60s",
                    ],
                    environment: ["DATABASE_URL": session.endpoints.databaseURL],
                    patience: .seconds(90)
                ).status == 0
            }
            var old = try start()
            #expect(try await isReady(old))
            let askers = Askers()
            let pauses = Pauses()
            let database = PostgresSettings(url: session.endpoints.databaseURL)
            let watching = Task { try await pauses.watch(database) }
            async let asking: Void = askers.ask(shared.port, askers: 4)
            for _ in 0..<3 {
                let next = try start()
                #expect(try await isReady(next))
                old.send(SIGTERM)
                #expect(await old.ends())
                #expect(old.endedBy == nil)
                let before = (
                    received: try await EngineLoad.received(connection), count: askers.count
                )
                #expect(
                    try await eventually(within: .seconds(60)) {
                        try await EngineLoad.received(connection) > before.received
                            && askers.count.answered > before.count.answered
                    })
                old = next
            }
            askers.end()
            await asking
            watching.cancel()
            // Its question may have been on the way.
            do { try await watching.value } catch let error as PostgresError
                where error.kind == .cancelled
            {}
            let count = askers.count
            #expect(count.broken == [])
            #expect(count.answered > 0)
            print(
                "three restarts: \(count.answered) requests answered, the slowest after",
                "\(count.longest); longest without an event applied: \(await pauses.longest)")
            old.send(SIGTERM)
            #expect(await old.ends())
        }
    }
}
