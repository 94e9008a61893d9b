import FoundationEssentials
import HTTPClient
import ObjectStores
import TestSupport
import Testing

@Suite("Google Cloud Storage, by its emulator", .timeLimit(.minutes(5)))
struct GoogleEmulatorTests {
    @Test("finds, lists and copies an object that was uploaded")
    func readsWhatWasUploaded() async throws {
        let content = sample(3_000_000)
        let emulator = try await Emulator(prefix: "reads")
        let generation = try await emulator.upload(content, as: "services_ES_20250117.csv")
        try await emulator.upload([1], as: "services_FR_20250117.csv")
        try await emulator.upload([2], as: "services_IT_20250117.csv")
        try await emulator.upload([1], as: "archive/services_ES_20240117.csv")
        let store = try emulator.store()
        #expect(store.breakerKey == "gs:catalog")

        let version = try #require(try await store.find("services_ES_20250117.csv"))
        #expect(version.generation == generation)
        #expect(version.sizeBytes == 3_000_000)
        #expect(version.location == "gs://catalog/reads/services_ES_20250117.csv")
        #expect(abs(Date.now.timeIntervalSince1970 - Double(version.updatedAt) / 1e6) < 600)
        #expect(version.crc32c != nil)
        #expect(
            try await store.list(prefix: "services_").map(\.name) == [
                "services_ES_20250117.csv", "services_FR_20250117.csv", "services_IT_20250117.csv",
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

    @Test("says nil for an object that is not there, and an error for a bucket that is not")
    func missing() async throws {
        let emulator = try await Emulator(prefix: "missing")
        let version = try await emulator.store().find("services_ES_20250117.csv")
        #expect(version == nil)
        let elsewhere = try emulator.store(bucket: "no-such-bucket")
        let error = await error { try await elsewhere.find("services_ES_20250117.csv") }
        #expect(error?.kind == .notFound)
    }

    @Test("keeps names apart that need encoding")
    func names() async throws {
        let emulator = try await Emulator(prefix: "früh ling/100%")
        for (index, name) in ["a b.csv", "a+b.csv", "é?x=#.csv"].enumerated() {
            try await emulator.upload([UInt8(index)], as: name)
        }
        let store = try emulator.store()
        try await withTemporaryFolder { folder in
            for (index, name) in ["a b.csv", "a+b.csv", "é?x=#.csv"].enumerated() {
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
        try await emulator.upload(Array("newer".utf8), as: "a.csv")
        try await withTemporaryFolder { folder in
            let error = await error {
                try await store.fetch(version, workFolder: folder) { _ in }
            }
            // Google refuses the old generation; the emulator serves the new bytes.
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
        url = try await PythonServer.google.url()
        self.prefix = prefix
    }

    func store(bucket: String = "catalog") throws -> any ObjectStore {
        let settings = ObjectStoreSettings(environment: ["STORAGE_EMULATOR_HOST": url])
        return try ObjectStoreFactory.open(
            ObjectLocation.parse("gs://\(bucket)/\(prefix)/"), settings: settings)
    }

    /// - Returns: the generation.
    @discardableResult
    func upload(_ content: [UInt8], as name: String) async throws -> String {
        struct Answer: Decodable {
            let generation: String
        }
        let encoded = encodedName("\(prefix)/\(name)")
        let answer = try await HTTPClient().send(
            HTTPRequest(
                "POST", "\(url)/upload/storage/v1/b/catalog/o?uploadType=media&name=\(encoded)",
                headers: [("Content-Type", "text/csv")], body: content), limits: HTTPLimits())
        try #require(answer.status == 200, "\(answer.text)")
        return try JSONDecoder().decode(Answer.self, from: Data(answer.body)).generation
    }
}

/// Every byte as `%XX`.
func encodedName(_ name: String) -> String {
    name.utf8.map { byte in
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.utf8.count < 2 ? "%0\(digits)" : "%\(digits)"
    }.joined()
}
