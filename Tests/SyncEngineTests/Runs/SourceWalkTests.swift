import Foundation
import ObjectStores
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Walk to the files of sources", .timeLimit(.minutes(2)))
struct SourceWalkTests {
    @Test("names a folder's newest daily file, or that there is none, or that it cannot be read")
    func folders() async throws {
        try await withFolder { folder in
            for name in [
                "services_ES_20250116.csv", "services_ES_20250117.csv", "services_ES_old.csv",
                "services_FR_x",
            ] {
                try Data().write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
            }
            let steps = await walk([
                ("ES", folder), ("FR", folder), ("IT", folder + "/none"), ("PL", "http://x"),
            ])
            #expect(
                steps == [
                    "ES ok: \(folder)/services_ES_20250117.csv is the newest of 2",
                    "FR ok: \(folder) can be read, and has no file of FR yet",
                    "IT failed: The folder \(folder)/none does not exist: create or mount it, or "
                        + "correct the source's location.",
                    "PL failed: The location `http://x` cannot be read: write file:///folder, "
                        + "gs://bucket/prefix/ or s3://bucket/prefix/.",
                ])
        }
    }

    @Test("tells a bucket that answers from one that does not, and what each source finds in it")
    func buckets() async throws {
        try await withStubServer { request in
            let isList = request.path == "/storage/v1/b/good/o"
            guard request.path.hasPrefix("/storage/v1/b/good") else {
                return StubReply(
                    request.path.contains("/busy/") ? 503 : 403,
                    json: #"{"error": {"message": "No."}}"#)
            }
            let file =
                #"{"name": "x/services_ES_20250117.csv", "generation": "1", "size": "2", "#
                + #""timeCreated": "2025-01-17T03:04:05Z"}"#
            return StubReply(200, json: isList ? #"{"items": [\#(file)]}"# : file)
        } _: { server in
            let steps = await walk([
                ("ES", "gs://good/x/"), ("FR", "gs://busy/x/"), ("IT", "gs://busy/x/"),
                ("PL", "gs://mine/x/"),
            ]) { $0.stores.google.endpoint = server.url }
            #expect(
                steps == [
                    "gs:busy failed: gs://busy cannot answer now (status 503, No).",
                    "gs:good ok: answers", "gs:mine ok: answers",
                    "ES ok: gs://good/x/services_ES_20250117.csv is the newest of 1",
                    "FR skipped: needs \"gs:busy\"", "IT skipped: needs \"gs:busy\"",
                    "PL failed: gs://mine refuses a caller without credentials (status 403, No): "
                        + "give it the right to read and list objects, or configure other "
                        + "credentials.",
                ])
        }
    }

    @Test("on this machine alone looks at folders, settings and key files, and asks nobody")
    func local() async throws {
        try await withStubServer { _ in
            StubReply(200)
        } _: { server in
            var settings = ReconciliationSettings(
                sources: [
                    ("ES", "gs://keyed/x/"), ("FR", "s3://keyed/x/"), ("IT", "s3://open/x/"),
                    ("PL", "/none"),
                ].map(Self.source))
            settings.reach(
                [
                    BucketAccess(bucket: "gs://keyed", credentials: .keyFile("/no/key.json")),
                    BucketAccess(bucket: "s3://keyed", credentials: .keyFile("/no/keys")),
                    BucketAccess(bucket: "s3://open", credentials: .none, endpoint: server.url),
                ], environment: [:])
            let steps = Self.lines(await SourceWalk(settings).runLocally())
            #expect(steps.count == 4)
            #expect(steps[0].hasPrefix("ES failed: The key file cannot be used: /no/key.json"))
            #expect(steps[1].hasPrefix("FR failed: The key file cannot be used: /no/keys"))
            #expect(steps[2] == "IT ok: s3://open/x/")
            #expect(steps[3].hasPrefix("PL failed: The folder /none does not exist"))
            #expect(server.requests.isEmpty)
        }
    }

    private func walk(
        _ sources: [(name: String, location: String)],
        _ change: (inout ReconciliationSettings) -> Void = { _ in }
    ) async -> [String] {
        var settings = ReconciliationSettings(sources: sources.map(Self.source))
        settings.stores.patience.firstPause = .milliseconds(1)
        change(&settings)
        return Self.lines(await SourceWalk(settings).run())
    }

    private static func source(_ name: String, _ location: String) -> FileSource {
        FileSource(name: name, country: name, system: "PYXIS", location: location)
    }

    private static func lines(_ steps: [HealthStep]) -> [String] {
        steps.map { "\($0.name) \($0.result.rawValue): \($0.message)" }
    }

    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = NSTemporaryDirectory() + "syncconsole-walk-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }
}
