import Foundation
import Probes
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
