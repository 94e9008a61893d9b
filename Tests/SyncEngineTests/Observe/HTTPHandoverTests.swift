import Foundation
import Synchronization
import TestSupport
import Testing

@testable import SyncEngine

@Suite("HTTP over a socket that two share", .timeLimit(.minutes(5)))
struct HTTPHandoverTests {
    /// A service on the shared socket that says its name.
    private struct Server {
        let place = HTTPPlace()
        let service: HTTPService
        let running: Task<Void, Never>

        init(_ name: String, on shared: ListeningSocket) async throws {
            // Its own address would be refused: it is taken.
            var settings = HTTPSettings(host: "127.0.0.1", port: Int(shared.port))
            settings.handedSocket = shared.descriptor
            let routes = HTTPRoutes(
                [.get("/name") { _ in .text(name, contentType: "text/plain") }],
                tally: HTTPTally())
            let service = HTTPService(
                settings: settings, place: place, routes: routes, log: .silent, now: { .now },
                makeCorrelationID: { "made-here" })
            self.service = service
            running = Task { await service.run() }
            let place = place
            let isOpen = await eventually(within: .seconds(30)) {
                place.state == .listening(address: "127.0.0.1:\(shared.port)")
            }
            try #require(isOpen)
        }

        func end() async {
            await service.stop()
            await running.value
        }
    }

    /// Who answered how often.
    private final class Answers: Sendable {
        private let isOver = Atomic<Bool>(false)
        private let counts = Mutex<[String: Int]>([:])

        var names: Set<String> { counts.withLock { Set($0.keys) } }
        func of(_ name: String) -> Int { counts.withLock { $0[name] ?? 0 } }
        func end() { isOver.store(true, ordering: .relaxed) }

        /// Asks until `end`; throws where a connection is refused.
        func ask(_ port: UInt16) async throws {
            while !isOver.load(ordering: .relaxed) {
                let name = try await HTTPHandoverTests.ask(port)
                counts.withLock { $0[name, default: 0] += 1 }
            }
        }
    }

    /// The body of the answer on a connection of its own.
    private static func ask(_ port: UInt16) async throws -> String {
        let client = try RawConnection(port: port)
        try client.send("GET /name HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        let answer = await client.readToEnd()
        return String(answer.split(separator: "\r\n\r\n", maxSplits: 1).last ?? "")
    }

    @Test("who comes while one server goes is answered by the other, every time")
    func handsOver() async throws {
        let shared = try ListeningSocket()
        var old = try await Server("0", on: shared)
        let answers = Answers()
        let port = shared.port
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { try await answers.ask(port) } }
            let begun = await eventually(within: .seconds(60)) { answers.of("0") > 0 }
            #expect(begun)
            for number in 1...4 {
                let next = try await Server("\(number)", on: shared)
                await old.end()
                old = next
                let answered = await eventually(within: .seconds(60)) {
                    answers.of("\(number)") >= 50
                }
                #expect(answered)
            }
            answers.end()
            try await group.waitForAll()
        }
        await old.end()
        #expect(answers.names == ["0", "1", "2", "3", "4"])
    }

    @Test("who comes while nobody takes connections waits for the next server")
    func waits() async throws {
        let shared = try ListeningSocket()
        let old = try await Server("old", on: shared)
        #expect(try await Self.ask(shared.port) == "old")
        // Stands back as a draining engine does: it still runs.
        old.place.door.shut()
        async let waiting = Self.ask(shared.port)
        let next = try await Server("next", on: shared)
        #expect(try await waiting == "next")
        // Nothing to do is not a failure, and nothing to begin anew.
        #expect(old.place.state == next.place.state)
        await old.end()
        #expect(try await Self.ask(shared.port) == "next")
        await next.end()
    }

    @Test("a connection that is open when its server goes is answered, and told to close")
    func lingers() async throws {
        let shared = try ListeningSocket()
        let server = try await Server("old", on: shared)
        let client = try RawConnection(port: shared.port)
        try client.send("GET /name HTTP/1.1\r\nHost: a\r\n\r\n")
        let answered = await eventually(within: .seconds(30)) {
            (try? client.peek())?.contains("old") == true
        }
        #expect(answered)
        server.place.door.shut()
        try client.send("GET /name HTTP/1.1\r\nHost: a\r\n\r\n")
        await server.end()
        let answers = await client.readToEnd()
        #expect(answers.components(separatedBy: "\r\n\r\nold").count == 3)
        #expect(answers.lowercased().components(separatedBy: "connection: close").count == 2)
    }

    @Test("writes the moment as HTTP does")
    func date() {
        #expect(HTTPDate.text(784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
    }
}
