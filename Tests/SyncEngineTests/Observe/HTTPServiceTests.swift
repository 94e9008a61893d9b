import Foundation
import Probes
import Synchronization
import TestSupport
import Testing

@testable import SyncEngine

@Suite("HTTP", .timeLimit(.minutes(5)))
struct HTTPServiceTests {
    /// A service on any free port, while `body` runs.
    private static func with(
        _ change: (inout HTTPSettings) -> Void = { _ in }, log: EngineLog = .silent,
        _ body: (_ port: UInt16, _ place: HTTPPlace) async throws -> Void
    ) async throws {
        var settings = HTTPSettings(host: "127.0.0.1", port: 0)
        change(&settings)
        let place = HTTPPlace()
        let routes = HTTPRoutes(
            [.get("/hello") { .text("hello \($0.correlationID)", contentType: "text/plain") }],
            tally: HTTPTally())
        let service = HTTPService(
            settings: settings, place: place, routes: routes, log: log, now: { .now },
            makeCorrelationID: { "made-here" })
        let running = Task { await service.run() }
        do {
            let isOpen = await eventually(within: .seconds(30)) { Self.port(place) != nil }
            try #require(isOpen)
            try await body(try #require(Self.port(place)), place)
        } catch {
            await service.stop()
            await running.value
            throw error
        }
        await service.stop()
        await running.value
    }

    private static func port(_ place: HTTPPlace) -> UInt16? {
        guard case .listening(let address) = place.state else { return nil }
        return UInt16(address.split(separator: ":").last ?? "")
    }

    private static func ask(_ request: String, _ port: UInt16) async throws -> String {
        let client = try RawConnection(port: port)
        try client.send(request.replacing("\n", with: "\r\n"))
        return await client.readToEnd()
    }

    @Test("answers GET, and HEAD without a body")
    func answers() async throws {
        try await Self.with { port, _ in
            let get = try await Self.ask(
                "GET /hello?x=1 HTTP/1.1\nHost: a\nConnection: close\n\n", port)
            #expect(get.hasPrefix("HTTP/1.1 200 "))
            #expect(get.hasSuffix("\r\n\r\nhello made-here"))
            let head = try await Self.ask(
                "HEAD /hello HTTP/1.1\nHost: a\nConnection: close\n\n", port)
            #expect(head.hasPrefix("HTTP/1.1 200 "))
            #expect(head.lowercased().contains("content-length: 15\r\n"))
            #expect(head.hasSuffix("\r\n\r\n"))
        }
    }

    @Test("errors have one shape, with the asker's correlation id or one that was made")
    func errors() async throws {
        try await Self.with { port, _ in
            let missing = try await Self.ask(
                "GET /nothing HTTP/1.1\nHost: a\nX-Correlation-ID: mine-7\nConnection: close\n\n",
                port)
            #expect(missing.hasPrefix("HTTP/1.1 404 "))
            #expect(missing.lowercased().contains("x-correlation-id: mine-7\r\n"))
            #expect(
                missing.hasSuffix(
                    #"{"error":{"code":"not_found","message":"there is nothing at this path","#
                        + #""correlation_id":"mine-7"}}"# + "\n"))
            let refused = try await Self.ask(
                "DELETE /hello HTTP/1.1\nHost: a\nX-Correlation-ID: b b\nConnection: close\n\n",
                port)
            #expect(refused.hasPrefix("HTTP/1.1 405 "))
            #expect(refused.lowercased().contains("allow: get, head\r\n"))
            #expect(refused.contains(#""code":"method_not_allowed""#))
            #expect(refused.contains(#""correlation_id":"made-here""#))
            let large = try await Self.ask(
                "POST /hello HTTP/1.1\nHost: a\nContent-Length: 99999999\nConnection: close\n\n",
                port)
            #expect(large.hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test(
        "what is no request gets an error of the same shape",
        arguments: [
            ("no request at all\n\n", 400, "bad_request"),
            ("GET /hello HTTP/1.1\nHost: a\nno header\n\n", 400, "bad_request"),
            (
                "GET /hello HTTP/1.1\nHost: a\nX-Long: \(String(repeating: "a", count: 20_000))\n\n",
                431, "headers_too_large"
            ),
        ])
    func faults(_ request: String, _ status: Int, _ code: String) async throws {
        try await Self.with { port, _ in
            let answer = try await Self.ask(request, port)
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
            let parts = answer.components(separatedBy: "\r\n\r\n")
            let body = try #require(parts.count == 2 ? parts[1] : nil)
            #expect(body.hasPrefix(#"{"error":{"code":"\#(code)","message":"#))
            #expect(body.hasSuffix(#""correlation_id":"made-here"}}"# + "\n"))
            #expect(answer.lowercased().contains("content-length: \(body.utf8.count)\r\n"))
            #expect(answer.lowercased().contains("content-type: application/json"))
        }
    }

    /// Nothing is closed because time is up.
    private static let patient: @Sendable (inout HTTPSettings) -> Void = {
        ($0.idle, $0.patience) = (.seconds(600), .seconds(600))
    }

    @Test(
        "an answer after which the connection is closed says so, and then it is closed",
        arguments: [
            "GET /hello HTTP/1.0\n\n", "GET /hello HTTP/1.0\nConnection: close\n\n",
            "GET /hello HTTP/1.1\nHost: a\nConnection: Close\n\n",
            "GET /hello HTTP/1.1\nHost: a\nConnection: close, te\n\n",
        ])
    func closes(_ request: String) async throws {
        try await Self.with(Self.patient) { port, _ in
            let answer = try await Self.ask(request, port)
            #expect(answer.hasPrefix("HTTP/1.1 200 "))
            #expect(answer.lowercased().contains("\r\nconnection: close\r\n"))
            #expect(answer.hasSuffix("\r\n\r\nhello made-here"))
        }
    }

    @Test("a client of HTTP/1.0 that asks for more is told that it may, and gets it")
    func oldKeepAlive() async throws {
        try await Self.with(Self.patient) { port, _ in
            let answers = try await Self.ask(
                "GET /hello HTTP/1.0\nConnection: Keep-Alive\n\nGET /hello HTTP/1.0\n\n", port)
            let both = answers.lowercased().components(separatedBy: "\r\n\r\nhello made-here")
            #expect(both.count == 3)
            #expect(both.first?.contains("\r\nconnection: keep-alive") == true)
            #expect(both.dropFirst().first?.contains("\r\nconnection: close") == true)
        }
    }

    @Test("a body that is too large ends its connection, which says so, sent whole or not")
    func largeBody() async throws {
        let small: (inout HTTPSettings) -> Void = {
            Self.patient(&$0)
            $0.largestBodyBytes = 1_000
        }
        try await Self.with(small) { port, _ in
            let head = "POST /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\n\r\n"
            let body = String(repeating: "a", count: 2_000)
            for sent in ["", body, body + "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n"] {
                let client = try RawConnection(port: port)
                try client.send(head + sent)
                // Comes back once the other side has closed, which nothing else here makes it do.
                let answer = await client.readToEnd()
                #expect(answer.hasPrefix("HTTP/1.1 413 "))
                #expect(answer.lowercased().contains("\r\nconnection: close\r\n"))
                #expect(answer.components(separatedBy: "HTTP/1.1 ").count == 2)
            }
        }
    }

    @Test("headers beyond the bound are refused")
    func headerBound() async throws {
        try await Self.with { port, _ in
            let name = String(repeating: "a", count: 20_000)
            let answer = try await Self.ask(
                "GET /hello HTTP/1.1\nHost: a\nX-Long: \(name)\nConnection: close\n\n", port)
            #expect(!answer.contains(" 200 "))
            let good = try await Self.ask(
                "GET /hello HTTP/1.1\nHost: a\nConnection: close\n\n", port)
            #expect(good.hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test("a client that is slow with its headers or its body is cut off")
    func slowClients() async throws {
        let hurry: (inout HTTPSettings) -> Void = { $0.patience = .milliseconds(300) }
        try await Self.with(hurry) { port, _ in
            let headers = try RawConnection(port: port)
            try headers.send("GET /hello HTTP/1.1\r\nHo")
            // Reads until the other side closes: that it comes back at all is what is tested.
            #expect(await headers.readToEnd() == "")
            let body = try RawConnection(port: port)
            try body.send("POST /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nab")
            #expect(await body.readToEnd().hasPrefix("HTTP/1.1 405 "))
        }
    }

    @Test("stopping finishes the answer that was begun")
    func gracefulStop() async throws {
        let (begun, release) = (Wakeup(), Wakeup())
        let place = HTTPPlace()
        let routes = HTTPRoutes(
            [
                .get("/slow") { _ in
                    begun.wake()
                    await release.wait(atMost: .seconds(60))
                    return .text("finished", contentType: "text/plain")
                }
            ], tally: HTTPTally())
        let service = HTTPService(
            settings: HTTPSettings(host: "127.0.0.1", port: 0), place: place, routes: routes,
            log: .silent, now: { .now }, makeCorrelationID: { "x" })
        let running = Task { await service.run() }
        let isOpen = await eventually(within: .seconds(30)) { Self.port(place) != nil }
        try #require(isOpen)
        let client = try RawConnection(port: try #require(Self.port(place)))
        try client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
        await begun.wait(atMost: .seconds(60))
        await service.stop()
        release.wake()
        #expect(await client.readToEnd().hasSuffix("\r\n\r\nfinished"))
        await running.value
    }

    @Test("a taken port is said, stops nobody, and is tried again until it is free")
    func takenPort() async throws {
        let lines = Mutex<[String]>([])
        let log = EngineLog { _, _, words in lines.withLock { $0.append(words) } }
        try await Self.with { port, _ in
            var settings = HTTPSettings(host: "127.0.0.1", port: Int(port))
            settings.retry = .milliseconds(50)
            let place = HTTPPlace()
            let second = HTTPService(
                settings: settings, place: place, routes: HTTPRoutes([], tally: HTTPTally()),
                log: log, now: { .now }, makeCorrelationID: { "x" })
            let running = Task { await second.run() }
            let isSaid = await eventually(within: .seconds(30)) {
                if case .unavailable = place.state { true } else { false }
            }
            #expect(isSaid)
            await second.stop()
            await running.value
        }
        #expect(lines.withLock { $0.count } == 1)
        #expect(lines.withLock { $0.first?.contains("Address already in use") } == true)
    }

    @Test(
        "what listens is told by words alone",
        arguments: [
            ("127.0.0.1:8787", "127.0.0.1", 8787), ("[::1]:0", "::1", 0), (":9", "0.0.0.0", 9),
            ("localhost:80", "localhost", 80),
        ])
    func settings(_ text: String, _ host: String, _ port: Int) {
        #expect(HTTPSettings(listen: text) == HTTPSettings(host: host, port: port))
    }

    @Test(
        "what is no address is none",
        arguments: [
            "", "8787", "none", "host:", "host:70000", "::1:80", "a b:1", "host:+1", "http://a:80",
        ])
    func faultySettings(_ text: String) {
        #expect(HTTPSettings(listen: text) == nil)
    }
}
