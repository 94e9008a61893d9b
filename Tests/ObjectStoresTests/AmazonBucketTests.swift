import FoundationEssentials
import HTTPClient
import ObjectStores
import TestSupport
import Testing

@Suite("Bucket of S3", .timeLimit(.minutes(2)))
struct AmazonBucketTests {
    private let content = sample(300_000)

    @Test("goes on where the connection broke off, and asks for one version only")
    func resumes() async throws {
        let stub = StubAmazon(content, cuts: 2)
        try await downloading(stub) { server, store, folder in
            let version = try #require(try await store.find("a.csv"))
            #expect(version.location == "s3://bucket/exports/a.csv")
            #expect(version.generation == "5d41402a")
            #expect(version.updatedAt == 1_737_083_045_678_000)
            let file = try await store.fetch(version, workFolder: folder) { _ in }
            #expect(bytes(of: file) == content)
            let downloads = server.requests.filter { $0.query["list-type"] == nil }
            #expect(
                downloads.map { $0.headers["range"] } == [nil, "bytes=100000-", "bytes=200000-"])
            #expect(downloads.allSatisfy { $0.headers["if-match"] == "\"5d41402a\"" })
            #expect(downloads.allSatisfy { $0.path == "/bucket/exports/a.csv" })
            #expect(
                server.requests.allSatisfy {
                    $0.headers["authorization"]?.contains("Credential=AKIA/") == true
                })
            try file.verify()
        }
    }

    @Test("checks the checksum that is served with the bytes, of the whole object only")
    func checksum() async throws {
        let right = StubBucket.base64(StubBucket.checksum(content))
        for (headers, kind) in [
            ([("x-amz-checksum-crc32c", right)], nil),
            ([("x-amz-checksum-crc32c", "AAAAAA==")], ObjectStoreError.Kind.checksumMismatch),
            (
                [
                    ("x-amz-checksum-crc32c", "AAAAAA=="),
                    ("x-amz-checksum-type", "COMPOSITE"),
                ], nil
            ),
        ] {
            try await downloading(StubAmazon(content, headers: headers)) { _, store, folder in
                let version = try #require(try await store.find("a.csv"))
                let error = await error {
                    try await store.fetch(version, workFolder: folder) { _ in }
                }
                #expect(error?.kind == kind)
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
            }
        }
    }

    @Test("notices that the object was replaced or deleted", arguments: [412, 404])
    func gone(_ status: Int) async throws {
        var stub = StubAmazon(content)
        stub.download = StubReply(status)
        try await downloading(stub) { _, store, folder in
            let version = try #require(try await store.find("a.csv"))
            let error = await error { try await store.fetch(version, workFolder: folder) { _ in } }
            #expect(error?.kind == .changed)
        }
    }

    @Test("notices another version under the same name")
    func other() async throws {
        var stub = StubAmazon(content)
        stub.download = StubReply(200, headers: [("ETag", "\"other\"")], body: content)
        try await downloading(stub) { _, store, folder in
            let version = try #require(try await store.find("a.csv"))
            let error = await error { try await store.fetch(version, workFolder: folder) { _ in } }
            #expect(error?.kind == .changed)
        }
    }

    @Test("says S3's own code, and never what was signed")
    func words() async throws {
        for (reply, kind, words, attempts) in [
            (
                Self.refusal(403, "SignatureDoesNotMatch"), ObjectStoreError.Kind.refused,
                "refuses the access key AKIA (status 403, SignatureDoesNotMatch)", 1
            ),
            (Self.refusal(404, "NoSuchBucket"), .notFound, "(status 404, NoSuchBucket)", 1),
            (Self.refusal(503, "SlowDown"), .unreachable, "(status 503, SlowDown)", 3),
            (Self.refusal(429, "TooMany"), .unreachable, "(status 429, TooMany)", 3),
            (
                Self.refusal(
                    301, "PermanentRedirect", "<Region>eu-west-3</Region>",
                    [("Location", "https://bucket.s3.eu-west-3.amazonaws.com/x")]),
                .misconfigured, "PermanentRedirect, its region is eu-west-3", 1
            ),
        ] {
            try await asking { _ in
                reply
            } _: { server, store in
                let error = await error { try await store.find("a.csv") }
                #expect(error?.kind == kind)
                #expect(error?.message.contains(words) == true, "\(error?.message ?? "-")")
                #expect(error?.message.contains("hunter2") == false)
                #expect(server.requests.count == attempts)
            }
        }
    }

    @Test("takes only S3's XML, and a listing that ends")
    func nonsense() async throws {
        for body in [
            "{}", "<html>", "", "<Error><Code>InternalError</Code></Error>",
            "<L><Contents><Key>exports/a.csv</Key></Contents></L>",
            "<L><Contents><Key>exports/a.csv</Key><ETag>x</ETag><Size>-1</Size>"
                + "<LastModified>2025-01-17T03:04:05Z</LastModified></Contents></L>",
        ] {
            try await asking { _ in
                StubReply(200, body: Array(body.utf8))
            } _: { server, store in
                let error = await error { try await store.find("a.csv") }
                #expect(error?.kind == .invalidAnswer)
                #expect(server.requests.count == 1)
            }
        }
        try await asking { _ in
            StubReply(
                200, body: Array("<L><NextContinuationToken>t</NextContinuationToken></L>".utf8))
        } _: { _, store in
            let error = await error { try await store.list(prefix: "") }
            #expect(error?.kind == .misconfigured)
        }
    }

    private static func refusal(
        _ status: Int, _ code: String, _ more: String = "",
        _ headers: [(name: String, value: String)] = []
    ) -> StubReply {
        StubReply(
            status, headers: headers,
            body: Array(
                "<Error><Code>\(code)</Code><Message>hunter2</Message>\(more)</Error>".utf8))
    }

    private func downloading(
        _ stub: StubAmazon,
        _ body: (StubHTTPServer, any ObjectStore, _ folder: String) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            try await asking { request in
                stub.answer(request)
            } _: { server, store in
                try await body(server, store, folder)
            }
        }
    }

    private func asking(
        _ answer: @escaping @Sendable (StubRequest) -> StubReply,
        _ body: (StubHTTPServer, any ObjectStore) async throws -> Void
    ) async throws {
        let keys = try #require(AmazonKeys(id: "AKIA", secret: "hunter2"))
        try await withStubServer(answer) { server in
            let settings = quickSettings(server) { $0.amazon.credentials = .keys(keys) }
            try await body(
                server,
                try ObjectStoreFactory.open(
                    .amazon(bucket: "bucket", prefix: "exports/"), settings: settings))
        }
    }
}

/// S3's side of a bucket with one object, as far as a stub plays it.
private struct StubAmazon: Sendable {
    let content: [UInt8]
    let headers: [(name: String, value: String)]
    private let cuts: Countdown
    /// What every download gets instead.
    var download: StubReply?

    init(_ content: [UInt8], headers: [(name: String, value: String)] = [], cuts: Int = 0) {
        self.content = content
        self.headers = headers
        self.cuts = Countdown(cuts)
    }

    func answer(_ request: StubRequest) -> StubReply {
        guard request.query["list-type"] == nil else {
            return StubReply(
                200,
                body: Array(
                    """
                    <ListBucketResult><Contents><Key>exports/a.csv</Key>
                    <LastModified>2025-01-17T03:04:05.678Z</LastModified>
                    <ETag>&quot;5d41402a&quot;</ETag><Size>\(content.count)</Size></Contents>
                    </ListBucketResult>
                    """.utf8))
        }
        if let download { return download }
        var start = 0
        if let range = request.headers["range"], let first = Int(range.dropFirst(6).dropLast()) {
            start = first
        }
        let body = Array(content[start...])
        var headers = headers + [("ETag", "\"5d41402a\"")]
        if start > 0 {
            headers.append(
                ("Content-Range", "bytes \(start)-\(content.count - 1)/\(content.count)"))
        }
        let isCut = cuts.next()
        return StubReply(
            start > 0 ? 206 : 200, headers: headers, body: body,
            sentBytes: isCut ? 100_000 : body.count, ending: isCut ? .cut : .complete)
    }
}
