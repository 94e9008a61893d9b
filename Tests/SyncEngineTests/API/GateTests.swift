import Probes
import Synchronization
import Testing

@testable import SyncEngine

@Suite("Paths, limits and tokens")
struct GateTests {
    @Test(
        "a pattern finds its parameters, decoded",
        arguments: [
            ("/api/agents/a", ["vendorId": "a"]), ("/api/agents/a%2Fb", ["vendorId": "a/b"]),
            ("/api/agents/%C3%A9", ["vendorId": "é"]), ("/api/agents/a%20b", ["vendorId": "a b"]),
        ])
    func pattern(_ path: String, _ parameters: [String: String]) {
        #expect(HTTPPattern("/api/agents/{vendorId}").match(path) == parameters)
    }

    @Test(
        "and nothing in other paths",
        arguments: [
            "/api/agents", "/api/agents/", "/api/agents/a/b", "/api/agents/%F", "/api/agents/%FF",
            "/API/agents/a",
        ])
    func noPattern(_ path: String) {
        #expect(HTTPPattern("/api/agents/{vendorId}").match(path) == nil)
    }

    @Test("what is written out wins over a parameter, whatever the order of the routes")
    func precedence() async {
        let routes = HTTPRoutes(
            [
                .get("/a/{id}") {
                    .text("id \($0.parameters["id"] ?? "")", contentType: "text/plain")
                },
                .get("/a/fixed") { _ in .text("fixed", contentType: "text/plain") },
            ], tally: HTTPTally())
        func ask(_ path: String) async -> String {
            let reply = await routes.answer(
                HTTPQuestion(method: "GET", path: path, correlationID: "c"))
            return String(decoding: reply.body, as: UTF8.self)
        }
        #expect(await ask("/a/fixed") == "fixed")
        #expect(await ask("/a/7") == "id 7")
    }

    @Test(
        "only UTF-8 JSON is JSON",
        arguments: [
            ("application/json", true), ("Application/JSON; charset=UTF-8", true),
            ("application/json;charset=\"utf-8\"", true),
            ("application/json; charset=latin1", false),
            ("text/plain", false), ("application/jsonp", false),
        ])
    func mediaType(_ type: String, _ isJSON: Bool) {
        #expect(HTTPRoutes.isJSON(type) == isJSON)
    }

    @Test("a limit lets so many calls through in any period, and says when the next may come")
    func limit() {
        let clock = Mutex(Duration.zero)
        let limiter = RateLimiter(now: { clock.withLock { $0 } })
        let limit = HTTPLimit(name: "l", calls: 3, period: .seconds(60), scope: .agent)
        for second in [0, 10, 20] {
            clock.withLock { $0 = .seconds(second) }
            #expect(limiter.take(limit, "a") == nil)
        }
        clock.withLock { $0 = .seconds(30) }
        #expect(limiter.take(limit, "a") == .seconds(30))
        #expect(limiter.take(limit, "b") == nil)
        clock.withLock { $0 = .seconds(60) }
        #expect(limiter.take(limit, "a") == nil)
        #expect(limiter.take(limit, "a") == .seconds(10))
    }

    @Test("a limiter remembers so many callers and no more: the stalest is forgotten")
    func memory() {
        let clock = Mutex(Duration.zero)
        let limiter = RateLimiter(mostCallers: 10, now: { clock.withLock { $0 } })
        let limit = HTTPLimit(name: "l", calls: 1, period: .seconds(60), scope: .peer)
        for number in 0..<1_000 {
            clock.withLock { $0 = .milliseconds(number) }
            #expect(limiter.take(limit, "caller \(number)") == nil)
        }
        #expect(limiter.callers == 10)
        #expect(limiter.take(limit, "caller 999") != nil)
        #expect(limiter.take(limit, "caller 0") == nil)
    }

    @Test(
        "tokens of 128 bits are taken, as far as their letters tell",
        arguments: [
            ("0123456789abcdef0123456789abcde7", true), ("dGhpcy1pcy0xMjgtYml0cw", true),
            ("550e8400-e29b-41d4-a716-446655440000", true),
            ("0123456789abcdef", false), ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
            ("abcdefgh12abcdefgh12abcdefgh12", false), ("12345678901234567890123456789012", false),
        ])
    func strength(_ text: String, _ isStrong: Bool) throws {
        let token = try #require(AgentToken(text))
        #expect((token.weakness == nil) == isStrong)
    }

    @Test("a bearer token is read from its header alone")
    func bearer() {
        #expect(AgentToken(authorization: "Bearer 0123456789abcdef")?.text == "0123456789abcdef")
        #expect(AgentToken(authorization: "bearer  0123456789abcdef") != nil)
        for header in [nil, "", "Bearer", "Basic 0123456789abcdef", "Bearer a b", "Bearer short"] {
            #expect(AgentToken(authorization: header) == nil)
        }
    }

    @Test("secrets are printed by nothing")
    func secrets() {
        let secret = SecretText("hush-hush")
        #expect("\(secret)" == "(secret)")
        #expect(String(reflecting: secret) == "(secret)")
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!dumped.contains("hush"))
        #expect(secret.isShown(in: "hush-hush"))
        #expect(!secret.isShown(in: "hush-hush "))
    }
}
