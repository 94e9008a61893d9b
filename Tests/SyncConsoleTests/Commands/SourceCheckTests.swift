import Foundation
import TestSupport
import Testing

@Suite("Checks of sources", .timeLimit(.minutes(3)))
struct SourceCheckTests {
    @Test("doctor asks each bucket and looks into each folder")
    func doctor() async throws {
        let url = try await PythonServer.google.url()
        try await withConfiguration(
            """
            reconciliation:
              buckets: [ { bucket: "gs://closed", endpoint: "http://127.0.0.1:1" } ]
              sources:
                - { country: ES, location: "gs://catalog/doctor/" }
                - { country: FR, location: "gs://no-such-bucket/" }
                - { country: IT, location: "gs://closed/" }
                - { country: PL, location: /nowhere }
            """
        ) { file in
            let run = try await ProgramRun.run(
                ["doctor", "--json", "--config", file],
                environment: ["STORAGE_EMULATOR_HOST": url])
            let steps = try run.rows().filter { $0["part"] as? String == "sources" }
            #expect(
                steps.map { "\($0["name"] ?? "") \($0["result"] ?? "")" } == [
                    "gs:catalog ok", "gs:closed failed", "gs:no-such-bucket ok", "ES ok",
                    "FR failed", "IT skipped", "PL failed",
                ])
            #expect(run.output.contains("gs://catalog/doctor/ can be read"))
            #expect(run.output.contains("gs://no-such-bucket does not exist"))
            #expect(run.status == 4)
        }
    }

    @Test("doctor asks nobody about sources that nobody has configured")
    func unconfigured() async throws {
        let run = try await ProgramRun.run(["doctor", "--json"])
        let step = try run.rows().first { $0["part"] as? String == "sources" }
        #expect(step?["result"] as? String == "skipped")
        #expect((step?["message"] as? String)?.contains("set GCS_BUCKET") == true)
    }

    @Test("config --check misses folders and key files, a line each, and asks nobody")
    func check() async throws {
        try await withConfiguration(
            """
            reconciliation:
              buckets: [ { bucket: "gs://exports", credentials: "file:/nowhere/key.json" } ]
              sources:
                - { country: ES, location: "gs://exports/" }
                - { country: FR, location: /nowhere }
                - { country: IT, location: /tmp }
            """
        ) { file in
            let run = try await ProgramRun.run(["config", "--check", "--config", file])
            #expect(run.status == 1)
            #expect(run.errorLines.count == 2)
            #expect(
                run.errorLines.first?.contains(
                    "reconciliation.sources ES: The key file cannot be used: /nowhere/key.json")
                    == true)
            #expect(
                run.errorLines.last?.contains(
                    "reconciliation.sources FR: The folder /nowhere does not exist") == true)
        }
    }

    private func withConfiguration(
        _ yaml: String, _ body: (String) async throws -> Void
    ) async throws {
        let file = NSTemporaryDirectory() + "syncconsole-sources-\(UUID().uuidString).yaml"
        try yaml.write(toFile: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: file) }
        try await body(file)
    }
}
