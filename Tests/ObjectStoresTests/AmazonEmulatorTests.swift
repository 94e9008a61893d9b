import FoundationEssentials
import HTTPClient
import ObjectStores
import TestSupport
import Testing

@Suite("Amazon S3, by moto", .timeLimit(.minutes(3)))
struct AmazonEmulatorTests {
    @Test("finds, lists and copies an object that was uploaded")
    func readsWhatWasUploaded() async throws {
        let content = sample(3_000_000)
        let emulator = try await Emulator(prefix: "reads")
        let tag = try await emulator.upload(content, as: "services_ES_20250117.csv")
        try await emulator.upload([1], as: "services_ES_20250117.csv.old")
        try await emulator.upload([2], as: "services_IT_20250117.csv")
        try await emulator.upload([1], as: "archive/services_ES_20240117.csv")
        let store = try emulator.store()
        #expect(store.breakerKey == "s3:catalog")

        let version = try #require(try await store.find("services_ES_20250117.csv"))
        #expect(version.generation == tag)
        #expect(version.sizeBytes == 3_000_000)
        #expect(version.location == "s3://catalog/reads/services_ES_20250117.csv")
        #expect(abs(Date.now.timeIntervalSince1970 - Double(version.updatedAt) / 1e6) < 600)
        #expect(
            try await store.list(prefix: "services_").map(\.name) == [
                "services_ES_20250117.csv", "services_ES_20250117.csv.old",
                "services_IT_20250117.csv",
            ])
        #expect(
            try await store.list(prefix: "archive/").map(\.name) == [
                "archive/services_ES_20240117.csv"
            ])
        try await withTemporaryFolder { folder in
            let file = try await store.fetch(version, workFolder: folder) { _ in }
            #expect(bytes(of: file) == content)
            let left = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(left.isEmpty)
        }
    }

    @Test("lists more than one page")
    func pages() async throws {
        let emulator = try await Emulator(prefix: "pages")
        for number in 0..<501 { try await emulator.upload([], as: "\(1_000 + number)") }
        let names = try await emulator.store().list(prefix: "").map(\.name)
        #expect(names == (0..<501).map { "\(1_000 + $0)" })
    }

    @Test("says nil for an object that is not there, and an error for a bucket that is not")
    func missing() async throws {
        let emulator = try await Emulator(prefix: "missing")
        try await emulator.upload([1], as: "services_ES_20250117.csv.old")
        let version = try await emulator.store().find("services_ES_20250117.csv")
        #expect(version == nil)
        let elsewhere = try emulator.store(bucket: "no-such-bucket")
        let error = await error { try await elsewhere.find("services_ES_20250117.csv") }
        #expect(error?.kind == .notFound)
        #expect(error?.message.contains("status 404, NoSuchBucket") == true)
    }

    @Test("keeps names apart that need encoding")
    func names() async throws {
        let names = ["a b.csv", "a+b.csv", "é?x=#.csv", "a&b<c>'\".csv"]
        let emulator = try await Emulator(prefix: "früh ling/100%")
        for (index, name) in names.enumerated() {
            try await emulator.upload([UInt8(index)], as: name)
        }
        let store = try emulator.store()
        try await withTemporaryFolder { folder in
            for (index, name) in names.enumerated() {
                let version = try #require(try await store.find(name))
                let file = try await store.fetch(version, workFolder: folder) { _ in }
                #expect(bytes(of: file) == [UInt8(index)])
            }
        }
    }

    @Test("does not take a replaced object's bytes for those that were found")
    func replaced() async throws {
        let emulator = try await Emulator(prefix: "replaced")
        try await emulator.upload(Array("old".utf8), as: "a.csv")
        let store = try emulator.store()
        let version = try #require(try await store.find("a.csv"))
        try await emulator.upload(Array("new".utf8), as: "a.csv")
        try await withTemporaryFolder { folder in
            let error = await error {
                try await store.fetch(version, workFolder: folder) { _ in }
            }
            #expect(error?.kind == .changed)
        }
        #expect(try await store.find("a.csv")?.generation != version.generation)
    }
}

/// A prefix of the emulator's bucket for one test.
private struct Emulator {
    let url: String
    let prefix: String

    init(prefix: String) async throws {
        url = try await PythonServer.amazon.url()
        self.prefix = prefix
    }

    func store(bucket: String = "catalog") throws -> any ObjectStore {
        let settings = ObjectStoreSettings(environment: [
            "AWS_ENDPOINT_URL": url, "AWS_ACCESS_KEY_ID": "AKIA", "AWS_SECRET_ACCESS_KEY": "x",
        ])
        return try ObjectStoreFactory.open(
            ObjectLocation.parse("s3://\(bucket)/\(prefix)/"), settings: settings)
    }

    /// - Returns: the ETag.
    @discardableResult
    func upload(_ content: [UInt8], as name: String) async throws -> String {
        let answer = try await HTTPClient().send(
            HTTPRequest(
                "PUT", "\(url)/catalog/\(encodedName("\(prefix)/\(name)"))",
                headers: [
                    ("Content-Type", "text/csv"),
                    ("Authorization", "AWS4-HMAC-SHA256 Credential=AKIA/x/x/s3/aws4_request"),
                ], body: content), limits: HTTPLimits())
        try #require(answer.status == 200, "\(answer.text)")
        let tag = try #require(answer.head["etag"])
        return tag.filter { $0 != "\"" }
    }
}
