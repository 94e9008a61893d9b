import Foundation
import Postgres
import Probes
import SyncEngine
import TestSupport
import Testing

@testable import SyncConsole

@Suite("doctor's look at vendors", .timeLimit(.minutes(5)))
struct VendorWalkTests {
    private static let now = Timestamp(microseconds: 1_700_000_000_000_000)

    private static func vendor(secret: String = "hush") -> VendorSettings {
        VendorSettings(
            name: "vendor-a", secret: SecretText(secret),
            allowedURLPrefixes: ["https://a.example/sync"])
    }

    private static func agent(
        _ state: AgentState, url: String = "https://a.example/sync", heard: Int? = 90
    ) -> AgentRow {
        AgentRow(
            vendor: "vendor-a", url: url, erpType: "sage", state: state,
            since: now.advanced(by: .seconds(-3_600)),
            lastHeartbeatAt: heard.map { now.advanced(by: .seconds(-$0)) }, version: nil,
            uptimePercent: nil, openJobs: 0, registeredAt: now.advanced(by: .seconds(-7_200)),
            removedAt: state == .removed ? now.advanced(by: .seconds(-3_600)) : nil)
    }

    private static func words(_ step: HealthStep) -> String {
        "\(step.part.rawValue) \(step.name) \(step.result.rawValue): \(step.message)"
    }

    private static func words(
        _ registry: VendorWalk.Registry, secret: String = "hush"
    ) -> String {
        words(VendorWalk.step(of: vendor(secret: secret), registry, now: now))
    }

    @Test("says that there are none, and finds no fault with that")
    func none() async throws {
        let steps = await VendorWalk(configuration: try ConfigurationFixture.load()).run()
        #expect(
            steps.map(Self.words) == ["vendors settings ok: none are configured in erp.vendors"])
    }

    @Test("says of an agent when it was last heard, where it is and that it can be called")
    func present() {
        #expect(
            Self.words(.agents([Self.agent(.online)]))
                == "vendors vendor-a ok: its agent is online, last heard 1m 30s ago;"
                + " https://a.example/sync is within its urls; its secret is there")
    }

    @Test("warns of agents that are not there")
    func absent() {
        #expect(
            Self.words(.agents([]))
                == "vendors vendor-a warning: no agent has registered yet; its secret is there")
        #expect(
            Self.words(.agents([Self.agent(.removed)]))
                == "vendors vendor-a warning: its agent was deregistered 1h ago;"
                + " its secret is there")
        #expect(
            Self.words(.agents([Self.agent(.offline, heard: nil)]))
                == "vendors vendor-a warning: its agent is offline, registered 2h ago and never"
                + " heard since; https://a.example/sync is within its urls; its secret is there")
    }

    @Test("finds fault with an address outside of what is allowed, and with a missing secret")
    func faults() {
        #expect(
            Self.words(.agents([Self.agent(.online, url: "https://b.example")]))
                == "vendors vendor-a failed: its agent is online, last heard 1m 30s ago;"
                + " The agent's address is outside of what is allowed to its vendor,"
                + " https://b.example: correct its urls in erp.vendors, or let the agent register"
                + " where they lead; its secret is there")
        #expect(
            Self.words(.unknown("the database: see its steps"), secret: "")
                == "vendors vendor-a warning: its agent: needs the database: see its steps;"
                + " no secret, so nothing is sent to it: set its secret in erp.vendors")
        #expect(
            Self.words(.unknown("a database"))
                == "vendors vendor-a skipped: its agent: needs a database; its secret is there")
    }

    @Test("warns where agents cannot come in at all")
    func way() throws {
        func way(_ yaml: String) throws -> String {
            Self.words(
                VendorWalk.way(
                    try ConfigurationFixture.load(
                        yaml, variables: ["KEY": "0123456789abcdef0123456789abcdef"]
                    ).http))
        }
        #expect(
            try way("http: { listen: none }")
                == "vendors api warning: http.listen is none: no agent can register")
        #expect(
            try way("http: { listen: \"127.0.0.1:8787\" }")
                == "vendors api warning: http.api_key is not set: no agent can register")
        #expect(
            try way("http: { listen: \"127.0.0.1:8787\", api_key: \"env:KEY\" }")
                == "vendors api ok: agents register with http.api_key")
    }

    @Test("reads the agents that have registered, and ends as with any other fault")
    func registry() async throws {
        try await PostgresFixture.withDatabase { url in
            let environment = [
                "DATABASE_URL": url, "A_SECRET": "hush",
                "API_SECRET": "0123456789abcdef0123456789abcdef",
            ]
            #expect(try await ProgramRun.run(["migrate"], environment: environment).status == 0)
            let connection = try await PostgresConnection.connect(PostgresSettings(url: url))
            try await connection.script(
                """
                INSERT INTO agent_registry (vendor_id, agent_url, erp_type, status, status_since,
                                            last_heartbeat)
                VALUES ('vendor-a', 'https://a.example', 'sage', 'online', now(), now()),
                       ('vendor-b', 'https://elsewhere.example', 'sage', 'online', now(), now())
                """)
            await connection.close()
            let file = NSTemporaryDirectory() + "syncconsole-vendors-\(UUID().uuidString).yaml"
            try """
            erp:
              vendors:
                - { name: vendor-a, secret: "env:A_SECRET", urls: [ "https://a.example" ] }
                - { name: vendor-b, urls: [ "https://b.example" ] }
                - { name: vendor-c, urls: [ "https://c.example" ] }
            """.write(toFile: file, atomically: true, encoding: .utf8)
            defer { try? FileManager.default.removeItem(atPath: file) }
            let run = try await ProgramRun.run(
                ["doctor", "--json", "--config", file], environment: environment)
            let steps = try run.rows().filter { $0["part"] as? String == "vendors" }
            #expect(
                steps.map { "\($0["name"] ?? "") \($0["result"] ?? "")" } == [
                    "api ok", "vendor-a ok", "vendor-b failed", "vendor-c warning",
                ])
            #expect(!run.output.contains("hush"))
        }
    }
}
