import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Agents over HTTP", .timeLimit(.minutes(5)))
struct AgentAPITests {
    @Test("an agent registers, says that it lives, and is shown online")
    func lifecycle() async throws {
        try await APIFixture.with { api in
            let registered = try await api.register()
            #expect(registered.status == 201)
            #expect(registered.json["vendorId"] == "vendor-a")
            #expect(registered.json["status"] == "offline")
            #expect(registered.json["lastHeartbeat"] == .null)
            #expect(!registered.text.contains(APIFixture.token))
            #expect(!registered.text.contains("sha256"))

            let beat = try await api.heartbeat()
            #expect(beat.status == 200)
            #expect(beat.json["status"] == "online")

            let shown = try await api.ask("GET", "/api/agents/vendor-a", key: APIFixture.key)
            #expect(shown.json["status"] == "online")
            guard case .integer(0...)? = shown.json["silentSeconds"] else {
                Issue.record("it is not said how long it is silent: \(shown.text)")
                return
            }
            let list = try await api.ask("GET", "/api/agents", key: APIFixture.key)
            #expect(list.json["total"] == 1)

            let trail = try await api.query(
                """
                SELECT operator || ' ' || action || ' ' || target_id || ' '
                       || (login_evidence ->> 'peer') FROM audit_log ORDER BY id
                """)
            #expect(try trail.map { try $0.string(0) } == ["api agent.register vendor-a 127.0.0.1"])
            let history = try await api.query(
                "SELECT status || ' ' || reason FROM agent_status_history ORDER BY id")
            #expect(
                try history.map { try $0.string(0) } == ["offline registered", "online heartbeat"])
        }
    }

    @Test("nothing of a token or the key is kept, but for the token's hash")
    func secrets() async throws {
        try await APIFixture.with { api in
            _ = try await api.register()
            _ = try await api.heartbeat()
            _ = try await api.heartbeat(token: "wrong-token-of-a-stranger")
            let stored = try await api.query("SELECT auth_token_hash FROM agent_registry").only()
            #expect(try stored.string(0).hasPrefix("sha256:"))
            let dump = try await api.query(
                "SELECT string_agg(a::text || coalesce(a.details::text, ''), ' ') FROM audit_log a")
            let kept =
                try dump.only().string(0)
                + api.log.lines.map { $0.words + $0.fields }.joined()
            for secret in [APIFixture.token, APIFixture.key, "wrong-token-of-a-stranger", "sha256"]
            {
                #expect(!kept.contains(secret))
            }
        }
    }

    @Test("registering anew, and deregistering, revoke the token before at once")
    func revocation() async throws {
        try await APIFixture.with { api in
            _ = try await api.register()
            let newer = "another-token-8d1f77aa03c46b92e5"
            #expect(try await api.register(token: newer).status == 200)
            #expect(try await api.heartbeat().code == "token_invalid")
            #expect(try await api.heartbeat(token: newer).status == 200)

            let gone = try await api.ask("DELETE", "/api/agents/vendor-a", key: APIFixture.key)
            #expect(gone.status == 200)
            #expect(gone.json["status"] == "offline")
            #expect(gone.json["deregisteredAt"] != .null)
            #expect(try await api.heartbeat(token: newer).status == 401)
            let again = try await api.ask("DELETE", "/api/agents/vendor-a", key: APIFixture.key)
            // But for how long it is silent by now.
            #expect(again.status == 200)
            #expect(again.json["deregisteredAt"] == gone.json["deregisteredAt"])
            #expect(try await api.register().status == 200)
            #expect(try await api.heartbeat().status == 200)
        }
    }

    @Test("who may not register is told why, and the trail has it")
    func allowList() async throws {
        try await APIFixture.with { api in
            let stranger = try await api.register("vendor-x")
            #expect(stranger.status == 403)
            #expect(stranger.code == "not_allowed")
            for url in [
                "https://vendor-b.example", "http://vendor-a.example",
                "https://vendor-a.example.evil.example", "https://vendor-a.example@evil.example/",
                "https://evil.example/?https://vendor-a.example",
            ] {
                #expect(try await api.register(url: url).status == 403)
            }
            #expect(try await api.register(key: nil).code == "api_key_missing")
            #expect(try await api.register(key: "no").code == "api_key_invalid")
            let refused = try await api.query(
                "SELECT count(*) FROM audit_log WHERE result = 'refused'")
            #expect(try refused.only().int(0) == 6)
            #expect(try await api.query("SELECT FROM agent_registry").isEmpty)
        }
    }

    @Test("a token of another vendor opens nothing, and cannot be registered twice")
    func foreignToken() async throws {
        try await APIFixture.with { api in
            _ = try await api.register("vendor-a")
            #expect(try await api.register("vendor-b").status == 409)
            _ = try await api.register("vendor-b", token: "token-of-vendor-b-77aa03c46b92e5d1")
            #expect(try await api.heartbeat("vendor-b").code == "token_invalid")
            // Only who is an agent itself learns that there is no such vendor.
            #expect(try await api.heartbeat("vendor-z").status == 404)
            #expect(
                try await api.heartbeat("vendor-z", token: "wrong-token-of-a-stranger").status
                    == 401)
            #expect(try await api.heartbeat(token: nil).code == "token_missing")
        }
    }

    @Test("a hash of the system before is taken, and replaced once its token was shown")
    func bcrypt() async throws {
        try await APIFixture.with { api in
            try await api.query(
                """
                INSERT INTO agent_registry (vendor_id, agent_url, erp_type, auth_token_hash)
                VALUES ('vendor-a', 'https://vendor-a.example', 'sage', $1)
                """, [.text(Self.hash)])
            #expect(try await api.heartbeat(token: "not-the-old-token").status == 401)
            #expect(try await api.heartbeat(token: "the-old-agent-token").status == 200)
            let stored = try await api.query("SELECT auth_token_hash FROM agent_registry").only()
            #expect(try stored.string(0).hasPrefix("sha256:"))
            #expect(try await api.heartbeat(token: "the-old-agent-token").status == 200)
        }
    }

    /// Of "the-old-agent-token", at a cost of 4.
    private static let hash = "$2b$04$abcdefghijklmnopqrstuuQ8bdw4neD4rJvarPvbcYGzVGhmdq52C"

    @Test("wrong tokens for a bcrypt hash are throttled by address, and cost the engine no more")
    func bcryptThrottle() async throws {
        let stopped: @Sendable () -> Duration = { .seconds(1) }
        try await APIFixture.with(uptime: stopped) { api in
            try await api.query(
                """
                INSERT INTO agent_registry (vendor_id, agent_url, erp_type, auth_token_hash)
                VALUES ('vendor-a', 'https://vendor-a.example', 'sage', $1)
                """, [.text(Self.hash)])
            for _ in 0..<5 {
                #expect(try await api.heartbeat(token: "not-the-old-token").status == 401)
            }
            let throttled = try await api.heartbeat(token: "not-the-old-token")
            #expect(throttled.status == 429)
            #expect(throttled.headers["retry-after"] == "60")
        }
    }

    @Test("a body that is at fault is told so with the field's path")
    func faults() async throws {
        try await APIFixture.with { api in
            func register(_ body: JSONValue) async throws -> String {
                let answer = try await api.ask(
                    "POST", "/api/agents/register", key: APIFixture.key, body: body)
                #expect(answer.status == 400)
                #expect(answer.code == "invalid_body")
                guard case .string(let message) = answer.json["error"]?["message"] else {
                    return ""
                }
                return message
            }
            #expect(try await register([]) == "the body is a list, an object was expected")
            #expect(try await register(.object([])) == "vendorId is missing")
            #expect(
                try await register(["vendorId": 7]) == "vendorId is a number, a text was expected")
            var body: [JSONMember] = [
                .init("vendorId", "vendor-a"), .init("agentUrl", "https://vendor-a.example"),
                .init("erpType", "sap"), .init("authToken", "short"),
            ]
            #expect(
                try await register(.object(body)) == "erpType is none of ebp, sage, odoo, custom")
            body[2].value = "sage"
            #expect(try await register(.object(body)).hasPrefix("authToken is none: 16 to 512"))
            let text = try await api.ask(
                "POST", "/api/agents/register", key: APIFixture.key,
                headers: ["Content-Type": "text/plain", "Content-Length": "0"])
            #expect(text.code == "invalid_body")
        }
    }

    @Test("a token that is easy to guess is refused, and not repeated")
    func weakToken() async throws {
        try await APIFixture.with { api in
            for token in ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "1234567890123456"] {
                let refused = try await api.register(token: token)
                #expect(refused.status == 403)
                #expect(refused.code == "weak_token")
                #expect(!refused.text.contains(token))
            }
        }
    }

    @Test("an agent that falls silent is degraded, then offline, and back by its heartbeat")
    func statuses() async throws {
        try await APIFixture.with { api in
            _ = try await api.register()
            _ = try await api.heartbeat()
            func fallSilent(_ seconds: Int) async throws -> [String] {
                try await api.query(
                    "UPDATE agent_registry SET last_heartbeat = now() - make_interval(secs => $1)",
                    [.double(Double(seconds))])
                let rows = try await api.query(
                    EngineSQL.agentStatuses, [.double(60), .double(300)])
                return try rows.map { "\(try $0.string("before")) \(try $0.string("status"))" }
            }
            // Ten seconds below a bound, since the question itself takes a while on a busy machine.
            #expect(try await fallSilent(50) == [])
            #expect(try await fallSilent(61) == ["online degraded"])
            #expect(try await fallSilent(290) == [])
            #expect(try await fallSilent(301) == ["degraded offline"])
            #expect(try await fallSilent(400) == [])
            let connection = try await PostgresConnection.connect(api.database)
            let signals = try await SignalProbe(connection).take()
            await connection.close()
            guard case .known(let silent) = signals[.agentSilentSeconds] else {
                Issue.record("nothing is known of agents")
                return
            }
            #expect(silent.map(\.subject) == ["vendor-a"])
            _ = try await api.heartbeat()
            let told = try await api.query("SELECT kind FROM notices ORDER BY id")
            #expect(
                try told.map { try $0.string(0) } == [
                    "agent_degraded", "agent_offline", "agent_back",
                ])
            let history = try await api.query(
                "SELECT status FROM agent_status_history ORDER BY id")
            #expect(
                try history.map { try $0.string(0) } == [
                    "offline", "online", "degraded", "offline", "online",
                ])
        }
    }

    @Test("an agent is not silent for a time in which no engine could have heard it")
    func outage() async throws {
        try await APIFixture.with { api in
            _ = try await api.register()
            _ = try await api.heartbeat()
            _ = try await api.query(
                "UPDATE agent_registry SET last_heartbeat = now() - interval '1 h'")
            func backFor(_ seconds: Int) async throws -> [String] {
                try await api.query(
                    """
                    INSERT INTO leases (name, engine_id, fencing, expires_at, unbroken_since)
                    VALUES ('leader', 1, 1, now() + interval '1 h', now() - make_interval(secs => $1))
                    ON CONFLICT (name) DO UPDATE SET unbroken_since = excluded.unbroken_since
                    """, [.double(Double(seconds))])
                let rows = try await api.query(
                    EngineSQL.agentStatuses, [.double(60), .double(300)])
                return try rows.map { try $0.string("status") }
            }
            #expect(try await backFor(0) == [])
            let listed = try await api.query(
                EngineSQL.agentsPage, [.null, .double(60), .double(300), .int(10), .int(0)])
            #expect(try listed.map { try $0.string("status") } == ["online"])
            let connection = try await PostgresConnection.connect(api.database)
            #expect(try await SignalProbe(connection).take()[.agentSilentSeconds] == .known([]))
            await connection.close()
            #expect(try await backFor(61) == ["degraded"])
            #expect(try await backFor(301) == ["offline"])
        }
    }

    @Test("jobs of vendors without an agent are a signal, those of vendors with one are none")
    func jobsWithoutAgent() async throws {
        try await APIFixture.with { api in
            _ = try await api.register()
            _ = try await api.query(
                """
                INSERT INTO sync_jobs (vendor_id, operation, unique_key, payload)
                SELECT v, 'create_order', 'ORD-' || n, '{}'
                FROM unnest(ARRAY['vendor-a', 'vendor-b', 'vendor-c']) v, generate_series(1, 2) n
                """)
            _ = try await api.query(
                "UPDATE sync_jobs SET status = 'cancelled' WHERE vendor_id = 'vendor-c'")
            let connection = try await PostgresConnection.connect(api.database)
            let signals = try await SignalProbe(connection).take()
            await connection.close()
            guard case .known(let waiting) = signals[.jobsWithoutAgent] else {
                Issue.record("nothing is known of jobs")
                return
            }
            #expect(waiting.map(\.subject) == ["vendor-b"])
            #expect(waiting.map(\.figure) == [.number(2)])
        }
    }
}
