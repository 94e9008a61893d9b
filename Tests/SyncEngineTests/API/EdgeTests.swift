import Foundation
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("The API's edge", .timeLimit(.minutes(5)))
struct EdgeTests {
    private static let stopped: @Sendable () -> Duration = { .seconds(1) }

    @Test("who registers too often is told when to come again")
    func registrationLimit() async throws {
        try await APIFixture.with(uptime: Self.stopped) { api in
            for _ in 0..<10 { #expect(try await api.register().status < 300) }
            let refused = try await api.register()
            #expect(refused.status == 429)
            #expect(refused.code == "rate_limited")
            #expect(refused.headers["retry-after"] == "60")
            #expect(refused.json["error"]?["correlation_id"] == "made-here")
            // Another limit's calls are counted apart.
            #expect(try await api.heartbeat().status == 200)
        }
    }

    @Test("a correlation id goes in, out, into the log and into the trail")
    func correlation() async throws {
        try await APIFixture.with { api in
            _ = try await api.register()
            let named = ["X-Correlation-ID": "trace-7"]
            let gone = try await api.ask(
                "DELETE", "/api/agents/vendor-a", key: APIFixture.key, headers: named)
            #expect(gone.headers["x-correlation-id"] == "trace-7")
            let missing = try await api.ask("GET", "/api/none", headers: named)
            #expect(missing.json["error"]?["correlation_id"] == "trace-7")
            let lines = api.log.lines.filter { $0.fields.contains("trace-7") }
            #expect(lines.contains { $0.words == "http DELETE /api/agents/vendor-a 200" })
            let trail = try await api.query(
                """
                SELECT login_evidence ->> 'correlation_id' FROM audit_log
                WHERE action = 'agent.remove'
                """)
            #expect(try trail.only().string(0) == "trace-7")
        }
    }

    @Test("without an API key in the configuration, what needs one is not served")
    func noKey() async throws {
        try await APIFixture.with(apiKey: nil) { api in
            let answer = try await api.ask("GET", "/api/agents", key: "")
            #expect(answer.status == 503)
            #expect(answer.code == "no_api_key")
        }
    }

    // MARK: Too much

    @Test("a body of 100 MB is refused at once, announced or in chunks, and the engine lives on")
    func largeBodies() async throws {
        try await APIFixture.with { api in
            let head =
                "POST /api/agents/register HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "X-API-Key: \(APIFixture.key)\r\n"
            let announced = try RawConnection(port: api.port)
            try announced.send(head + "Content-Length: 104857600\r\n\r\n")
            // Not a byte of it had to be sent.
            let refused = await announced.read(until: "\r\n\r\n")
            #expect(refused.hasPrefix("HTTP/1.1 413 "))
            #expect(refused.lowercased().contains("\r\nconnection: close\r\n"))
            _ = await announced.flood(100 << 20)

            let chunked = try RawConnection(port: api.port)
            try chunked.send(head + "Transfer-Encoding: chunked\r\n\r\n")
            // A little more than the route's bound; the end never comes.
            _ = await chunked.flood(128 << 10, isChunked: true)
            let answer = await chunked.read(until: "correlation_id")
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
            #expect(answer.contains(#""code":"too_large""#))
            _ = await chunked.flood(100 << 20, isChunked: true)
            #expect(try await api.register().status == 201)
        }
    }

    @Test("a thousand connections that send nothing keep no agent out")
    func silentCrowd() async throws {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = min(limit.rlim_max, 8_192)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        // Nobody is cut off for being slow: that alone would let the agent in at last.
        let patient: (inout HTTPSettings) -> Void = { $0.patience = .seconds(600) }
        try await APIFixture.with(http: patient) { api in
            _ = try await api.register()
            var crowd: [RawConnection] = []
            for number in 0..<1_000 {
                let connection = try RawConnection(port: api.port)
                // Some begin to speak, and stop.
                if number % 3 == 0 {
                    try connection.send("POST /api/agents/heartbeat HTTP/1.1\r\n")
                }
                crowd.append(connection)
            }
            #expect(try await api.heartbeat().status == 200)
            #expect(crowd.count == 1_000)
        }
    }

    @Test("ten thousand wrong tokens are refused, throttled, not logged, and lock nobody out")
    func wrongTokens() async throws {
        try await APIFixture.with(uptime: Self.stopped) { api in
            _ = try await api.register()
            let before = api.log.lines.filter { $0.level != .debug }.count
            let answers = try await withThrowingTaskGroup(of: String.self) { group in
                for caller in 0..<4 {
                    group.addTask { try await Self.tryTokens(2_500, caller, api.port) }
                }
                return try await group.reduce(into: "") { $0 += $1 }
            }
            #expect(try await api.heartbeat().status == 200)
            let refused = answers.components(separatedBy: "HTTP/1.1 401 ").count - 1
            let throttled = answers.components(separatedBy: "HTTP/1.1 429 ").count - 1
            #expect(refused + throttled == 10_000)
            #expect(refused == 60)
            #expect(api.log.lines.filter { $0.level != .debug }.count <= before + 1)
        }
    }

    @Test("wrong API keys are throttled, apart from wrong tokens, and lock nobody out")
    func wrongKeys() async throws {
        try await APIFixture.with(uptime: Self.stopped) { api in
            _ = try await api.register()
            for number in 0..<60 {
                let refused = try await api.ask("GET", "/api/agents", key: "wrong-\(number)")
                #expect(refused.code == "api_key_invalid")
            }
            let later = try await api.ask("GET", "/api/agents", key: "wrong-60")
            #expect(later.status == 429)
            #expect(later.code == "too_many_wrong")
            #expect(later.headers["retry-after"] == "60")
            #expect(try await api.ask("GET", "/api/agents", key: APIFixture.key).status == 200)
            #expect(try await api.ask("GET", "/api/agents").code == "api_key_missing")
            #expect(try await api.heartbeat(token: "wrong-0123456789").code == "token_invalid")
        }
    }

    /// Shows wrong tokens, a hundred requests at a time, over one connection.
    private static func tryTokens(
        _ count: Int, _ caller: Int, _ port: UInt16
    ) async throws -> String {
        let body = #"{"vendorId":"vendor-a"}"#
        let connection = try RawConnection(port: port)
        var answers = ""
        for hundred in 0..<(count / 100) {
            let requests = (0..<100).map { number in
                """
                POST /api/agents/heartbeat HTTP/1.1\r
                Host: a\r
                Authorization: Bearer wrong-\(caller)-\(hundred)-\(number)-0123456789\r
                X-Correlation-ID: \(hundred)-\(number)\r
                Content-Type: application/json\r
                Content-Length: \(body.utf8.count)\r
                \r
                \(body)
                """
            }
            try connection.send(requests.joined())
            answers += await connection.read(until: "\"correlation_id\":\"\(hundred)-99\"}}\n")
        }
        return answers
    }
}
