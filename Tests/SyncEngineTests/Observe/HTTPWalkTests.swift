import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("doctor's look at the HTTP side", .timeLimit(.minutes(5)))
struct HTTPWalkTests {
    private static func steps(_ settings: HTTPSettings?) async -> [String] {
        await HTTPWalk(settings).run().map { "\($0.name) \($0.result.rawValue): \($0.message)" }
    }

    private static func steps(answer: String, status: Int = 200) async throws -> (
        steps: [String], port: Int
    ) {
        let server = try StubHTTPServer { _ in
            StubReply(status, body: Array(answer.utf8))
        }
        defer { server.stop() }
        let port = try #require(Int(server.url.split(separator: ":").last ?? ""))
        return (await steps(HTTPSettings(host: "127.0.0.1", port: port)), port)
    }

    @Test("says which engine answers, and what is wrong with it")
    func engine() async throws {
        let health = #"""
            {"state":"failed","live":true,"ready":false,"engine_id":12,"version":"0.1.0",
             "parts":{"engine":{"state":"ok"},"database":{"state":"failed"}}}
            """#
        let (steps, port) = try await Self.steps(answer: health, status: 503)
        #expect(
            steps == [
                "listen ok: http://127.0.0.1:\(port): /metrics, /health, /api for vendors' agents",
                "answer ok: engine 12 of version 0.1.0 answers: failed (database)",
            ])
    }

    @Test("finds fault with somebody else at the port")
    func somebodyElse() async throws {
        let (steps, _) = try await Self.steps(answer: "<html>hello</html>")
        #expect(
            steps.last
                == "answer failed: something else answers there (200): "
                + "set http.listen to another port")
    }

    @Test("finds no fault where nobody answers, or nothing is served")
    func nobody() async {
        let closed = await Self.steps(HTTPSettings(host: "127.0.0.1", port: 1))
        #expect(closed.last?.hasPrefix("answer skipped: nobody answers: ") == true)
        #expect(await Self.steps(nil).count == 1)
        #expect(
            await Self.steps(HTTPSettings(host: "127.0.0.1", port: 0)) == [
                "listen skipped: 127.0.0.1:0: any free port; the log says which"
            ])
    }
}
