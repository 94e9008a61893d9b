import Foundation
import Postgres
import Probes
import Synchronization
import TestSupport
import Testing

@testable import SyncEngine

@Suite("The API's document", .timeLimit(.minutes(5)))
struct OpenAPITests {
    /// What the engine serves besides its API.
    private static let observed: Set = ["/health", "/health/live", "/health/ready", "/metrics"]

    /// `POST /api/agents/register`, as far as the document goes; its paths stand two spaces in, their
    /// methods four.
    private static var documented: Set<String> {
        var calls: Set<String> = []
        var path = ""
        for line in APIRoutes.documentText.split(separator: "\n") {
            if line == "components:" { break }
            if line.hasPrefix("  /"), line.hasSuffix(":") {
                path = String(line.dropFirst(2).dropLast())
            }
            for method in ["get", "post", "put", "delete"] where line == "    \(method):" {
                calls.insert("\(method.uppercased()) \(path)")
            }
        }
        return calls
    }

    @Test("names every path that is served, and no other")
    func paths() async throws {
        try await PostgresFixture.withDatabase { url in
            let api = APIFixture.api(url)
            let served = Set(api.routes.map { "\($0.method) \($0.pattern.text)" })
            await api.close()
            #expect(Self.documented.subtracting(served) == Set(Self.observed.map { "GET \($0)" }))
            #expect(served.subtracting(Self.documented).isEmpty)
        }
    }

    @Test("and schemathesis finds no failure against an engine that runs by it")
    func schemathesis() async throws {
        try await EngineFixture.with { fixture in
            var settings = fixture.settings()
            settings.http = HTTPSettings(host: "127.0.0.1", port: 0)
            settings.apiKey = SecretText(APIFixture.key)
            settings.erp = ERPSettings(vendors: [APIFixture.vendor("vendor-a")])
            let clock = Mutex(Duration.zero)
            // A minute from one look to the next: no limit is reached.
            let engine = SyncEngine(
                settings, log: .silent,
                uptime: {
                    clock.withLock { clock in
                        clock += .seconds(61)
                        return clock
                    }
                })
            let running = Task { try await engine.run() }
            let result = try await Self.ask(engine, fixture.database)
            engine.stop()
            try await running.value
            #expect(result.status == 0, "\(result.output)")
        }
    }

    /// A bounded run: the same cases each time, with the key and a registered agent's token.
    private static func ask(
        _ engine: SyncEngine, _ database: PostgresSettings
    ) async throws -> (status: Int32?, output: String) {
        let place = try #require(engine.http)
        let isOpen = await eventually(within: .seconds(60)) { APIFixture.port(place) != nil }
        try #require(isOpen)
        let api = APIFixture(
            database: database, port: try #require(APIFixture.port(place)), log: .init())
        try #require(try await api.register().status == 201)
        let configuration = FileManager.default.temporaryDirectory
            .appendingPathComponent("schemathesis-\(UUID().uuidString).toml").path
        try """
        [auth.openapi]
        ApiKey = { api_key = "\(APIFixture.key)" }
        AgentToken = { bearer = "\(APIFixture.token)" }
        """.write(toFile: configuration, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: configuration) }
        return try await PythonProgram.run(
            "st",
            [
                "--config-file", configuration, "run", "http://127.0.0.1:\(api.port)/openapi.yaml",
                "--phases", "examples,coverage,fuzzing", "--max-examples", "5", "--seed", "1",
                "--workers", "1", "--no-color", "--request-timeout", "60",
                "--suppress-health-check", "all",
            ], within: .seconds(240))
    }

    @Test("is served as it stands in docs")
    func served() async throws {
        try await APIFixture.with { api in
            let answer = try await api.ask("GET", "/openapi.yaml")
            #expect(answer.status == 200)
            #expect(answer.headers["content-type"] == "application/yaml")
            let root = #filePath.components(separatedBy: "/Tests/")[0]
            let file = try String(contentsOfFile: root + "/docs/openapi.yaml", encoding: .utf8)
            #expect(answer.text == file)
        }
    }
}
