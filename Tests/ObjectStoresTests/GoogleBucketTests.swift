import Glibc
import HTTPClient
import ObjectStores
import TestSupport
import Testing

@Suite("Bucket of Google Cloud Storage", .timeLimit(.minutes(5)))
struct GoogleBucketTests {
    private let bucket = StubBucket([1, 2, 3])

    @Test("tries again when the server is busy, and says so when it stays busy")
    func busy() async throws {
        for status in [503, 429, 500, 408] {
            let failures = Countdown(2)
            try await asking { request in
                failures.next() ? StubReply(status, json: "{}") : bucket.answer(request)
            } _: { server, store in
                let version = try await store.find("a.csv")
                #expect(version?.sizeBytes == 3)
                #expect(server.requests.count == 3)
            }
        }
        try await asking { _ in
            StubReply(503, json: #"{"error": {"code": 503, "message": "Back-end error."}}"#)
        } _: { server, store in
            let error = await error { try await store.find("a.csv") }
            #expect(error?.kind == .unreachable)
            #expect(error?.isRetryable == true)
            #expect(error?.message.contains("status 503, Back-end error") == true)
            #expect(server.requests.count == 3)
        }
    }

    @Test("says who is refused and what to give him, without a second attempt")
    func refused() async throws {
        for status in [401, 403] {
            try await asking { _ in
                StubReply(status, json: #"{"error": {"message": "No storage.objects.get."}}"#)
            } _: { server, store in
                let error = await error { try await store.find("a.csv") }
                #expect(error?.kind == .refused)
                #expect(error?.isRetryable == false)
                #expect(
                    error?.message == "gs://bucket refuses a caller without credentials (status "
                        + "\(status), No storage.objects.get): give it the right to read and list "
                        + "objects, or configure other credentials.")
                #expect(server.requests.count == 1)
            }
        }
    }

    @Test("tells a missing object from a missing bucket")
    func missing() async throws {
        try await asking { request in
            request.path.hasSuffix("/o")
                ? StubReply(200, json: #"{"items": []}"#) : StubReply(404, json: "{}")
        } _: { _, store in
            let version = try await store.find("a.csv")
            #expect(version == nil)
        }
        try await asking { _ in
            StubReply(404, json: #"{"error": {"message": "The specified bucket does not exist."}}"#)
        } _: { _, store in
            let error = await error { try await store.find("a.csv") }
            #expect(error?.kind == .notFound)
            #expect(error?.message.contains("gs://bucket does not exist") == true)
        }
    }

    @Test("encodes names")
    func encodes() async throws {
        try await asking { _ in
            StubReply(404, json: "{}")
        } _: { server, store in
            _ = await error { try await store.find("Früh 100%+/a?b#c.csv") }
            #expect(
                server.requests.first?.path
                    == "/storage/v1/b/bucket/o/exports%2FFr%C3%BCh%20100%25%2B%2Fa%3Fb%23c.csv")
        }
    }

    @Test("lists page by page, without what lies below and without the folder itself")
    func lists() async throws {
        try await asking { request in
            request.query["pageToken"] == nil
                ? StubReply(200, json: Self.page(["exports/b.csv", "exports/"], next: "p/2"))
                : StubReply(200, json: Self.page(["exports/a.csv"], next: nil))
        } _: { server, store in
            let versions = try await store.list(prefix: "")
            #expect(versions.map(\.name) == ["a.csv", "b.csv"])
            #expect(versions.map(\.location).first == "gs://bucket/exports/a.csv")
            #expect(server.requests.map { $0.query["pageToken"] } == [nil, "p/2"])
            #expect(server.requests.allSatisfy { $0.query["delimiter"] == "/" })
            #expect(server.requests.allSatisfy { $0.query["prefix"] == "exports/" })
        }
    }

    @Test("ends a listing that never ends")
    func endless() async throws {
        try await asking { _ in
            StubReply(200, json: Self.page([], next: "again"))
        } _: { _, store in
            let error = await error { try await store.list(prefix: "a") }
            #expect(error?.kind == .misconfigured)
        }
    }

    @Test("takes no more than a megabyte of metadata, and only Google's JSON")
    func nonsense() async throws {
        let huge = StubReply(200, body: [UInt8](repeating: 0x20, count: 1_048_577))
        for reply in [
            huge, StubReply(200, json: "<html>"), StubReply(200, json: "{}"),
            StubReply(200, json: #"{"generation": "x", "size": "1"}"#),
            StubReply(200, json: #"{"generation": "1", "size": "-1", "updated": "yesterday"}"#),
        ] {
            try await asking { _ in
                reply
            } _: { server, store in
                #expect(await error { try await store.find("a.csv") }?.kind == .invalidAnswer)
                #expect(server.requests.count == 1)
            }
        }
    }

    @Test("does not wait for metadata that trickle in")
    func trickle() async throws {
        let reply = StubReply(
            200, body: [UInt8](repeating: 0x20, count: 100_000), sentBytes: 0, ending: .trickle)
        try await asking { _ in
            reply
        } _: { server, store in
            let error = await error { try await store.find("a.csv") }
            #expect(error?.kind == .unreachable)
            #expect(server.requests.count == 3)
        } settings: { settings in
            settings.patience.answerTime = .milliseconds(200)
        }
    }

    @Test("says that nobody listens")
    func nobody() async throws {
        let server = try StubHTTPServer { _ in StubReply(200) }
        server.stop()
        let store = try openBucket(quickSettings(server))
        let error = await error { try await store.find("a.csv") }
        #expect(error?.kind == .unreachable)
        #expect(error?.message.contains("check the network") == true)
    }

    @Test("keeps a connection for the next question")
    func keepsConnections() async throws {
        try await asking { request in
            bucket.answer(request)
        } _: { server, store in
            for _ in 0..<5 { _ = try await store.find("a.csv") }
            #expect(server.connectionCount == 1)
        }
    }

    @Test(
        "refuses endpoints that cannot be, and those that would show a secret to the network",
        arguments: [
            "ftp://host", "http://user:pass@host", "https://host/?x=1", "https://", "ho st",
        ])
    func endpoints(_ endpoint: String) async {
        var settings = ObjectStoreSettings()
        settings.google.endpoint = endpoint
        let error = await error { try openBucket(settings) }
        #expect(error?.kind == .misconfigured)
        #expect(error?.message.contains("pass") == false)

        settings.google.endpoint = "http://storage.example.org"
        settings.google.credentials = .metadataServer
        #expect(await opening(settings)?.message.contains("is not https") == true)
        settings.google.endpoint = "http://127.0.0.1.example.org:80"
        #expect(await opening(settings)?.message.contains("is not https") == true)
        settings.google.endpoint = "http://localhost:9023"
        #expect(await opening(settings) == nil)
    }

    private func opening(_ settings: ObjectStoreSettings) async -> ObjectStoreError? {
        await error { try openBucket(settings) }
    }

    private static func page(_ names: [String], next: String?) -> String {
        let items = names.map {
            #"{"name": "\#($0)", "generation": "1", "size": "2", "#
                + #""timeCreated": "2025-01-17T03:04:05Z"}"#
        }
        let token = next.map { #", "nextPageToken": "\#($0)""# } ?? ""
        return #"{"items": [\#(items.joined(separator: ", "))]\#(token)}"#
    }

    private func asking(
        _ answer: @escaping @Sendable (StubRequest) -> StubReply,
        _ body: (StubHTTPServer, any ObjectStore) async throws -> Void,
        settings: (inout ObjectStoreSettings) -> Void = { _ in }
    ) async throws {
        try await withStubServer(answer) { server in
            try await body(server, try openBucket(quickSettings(server, settings)))
        }
    }
}
