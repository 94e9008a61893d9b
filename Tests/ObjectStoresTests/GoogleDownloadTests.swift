import FoundationEssentials
import Glibc
import HTTPClient
import ObjectStores
import TestSupport
import Testing

@Suite("Download from a bucket", .timeLimit(.minutes(5)))
struct GoogleDownloadTests {
    private let content = sample(300_000)

    @Test("goes on where the connection broke off, and asks for one generation only")
    func resumes() async throws {
        let bucket = StubBucket(content, cutAt: 100_000, script: [.cut, .cut])
        try await downloading(bucket) { server, store, folder in
            let version = try #require(try await store.find("a.csv"))
            #expect(version.location == "gs://bucket/exports/a.csv")
            #expect(version.generation == "1737100800000000")
            #expect(version.updatedAt == 1_737_083_045_678_000)
            let progress = Recorder<Int64>()
            let file = try await store.fetch(version, workFolder: folder) { progress.append($0) }
            #expect(bytes(of: file) == content)
            #expect(progress.values == progress.values.sorted())
            #expect(progress.values.last == 300_000)
            let downloads = server.requests.filter { $0.query["alt"] == "media" }
            #expect(
                downloads.map { $0.headers["range"] } == [nil, "bytes=100000-", "bytes=200000-"])
            #expect(downloads.allSatisfy { $0.query["generation"] == version.generation })
            #expect(downloads.allSatisfy { $0.query["ifGenerationMatch"] == version.generation })
            #expect(downloads.allSatisfy { $0.path == "/storage/v1/b/bucket/o/exports%2Fa.csv" })
            try file.verify()
        }
    }

    @Test("counts silence as a break")
    func stalls() async throws {
        let bucket = StubBucket(content, cutAt: 100_000, script: [.stall, .trickle])
        try await downloading(bucket) { server, store, folder in
            let version = try #require(try await store.find("a.csv"))
            let file = try await store.fetch(version, workFolder: folder) { _ in }
            #expect(bytes(of: file) == content)
            #expect(server.requests.count == 4)
        }
    }

    @Test("gives up after some breaks in a row without progress")
    func neverEnds() async throws {
        let bucket = StubBucket(
            content, cutAt: 500, script: Array(repeating: .cut, count: 1_000))
        try await downloading(bucket) { server, store, folder in
            let version = try #require(try await store.find("a.csv"))
            let error = await error {
                try await store.fetch(version, workFolder: folder) { _ in }
            }
            #expect(error?.kind == .unreachable)
            #expect(error?.isRetryable == true)
            #expect(error?.message.contains("3 times in a row, at 1500 of 300000") == true)
            #expect(server.requests.count == 4)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        }
    }

    @Test("starts over where a server knows no ranges")
    func withoutRanges() async throws {
        let content = content
        try await withTemporaryFolder { folder in
            let first = Countdown(1)
            let bucket = StubBucket(content)
            try await withStubServer { request in
                guard request.query["alt"] == "media" else { return bucket.answer(request) }
                return first.next()
                    ? StubReply(200, body: content, sentBytes: 5_000, ending: .cut)
                    : StubReply(200, body: content)
            } _: { server in
                let store = try openBucket(quickSettings(server))
                let version = try #require(try await store.find("a.csv"))
                let file = try await store.fetch(version, workFolder: folder) { _ in }
                #expect(bytes(of: file) == content)
            }
        }
    }

    @Test("refuses bytes that do not have the object's checksum, and leaves nothing behind")
    func checksum() async throws {
        try await downloading(StubBucket(content, crc32c: 1)) { _, store, folder in
            let version = try #require(try await store.find("a.csv"))
            let error = await error {
                try await store.fetch(version, workFolder: folder) { _ in }
            }
            #expect(error?.kind == .checksumMismatch)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        }
    }

    @Test("notices that the object was replaced or deleted", arguments: [412, 404, 304])
    func gone(_ status: Int) async throws {
        try await answering(StubReply(status, json: "{}")) { error in
            #expect(error?.kind == .changed)
            #expect(error?.message.contains("start again") == true)
        }
    }

    @Test("notices another generation, size or range under the same name")
    func other() async throws {
        let content = content
        let replies = [
            StubReply(200, headers: [("x-goog-generation", "7")], body: content),
            StubReply(200, body: Array(content.dropLast())),
            StubReply(206, headers: [("Content-Range", "bytes 0-5/6")], body: content),
        ]
        for reply in replies {
            try await answering(reply) { #expect($0?.kind == .changed) }
        }
        var endless = StubReply(200, body: content + [0])
        endless.announcesLength = false
        try await answering(endless) { #expect($0?.kind == .changed) }
    }

    @Test("refuses an object that is stored compressed")
    func compressed() async throws {
        let reply = StubReply(200, headers: [("Content-Encoding", "gzip")], body: content)
        try await answering(reply) { error in
            #expect(error?.kind == .misconfigured)
            #expect(error?.message.contains("upload it without") == true)
        }
    }

    @Test("follows no redirect, so that another host never sees what was asked")
    func redirect() async throws {
        try await withStubServer { _ in
            StubReply(200)
        } _: { other in
            let target = "http://secret@\(other.authority)/x?X-Goog-Signature=secret"
            try await answering(StubReply(307, headers: [("Location", target)])) { error in
                #expect(error?.kind == .misconfigured)
                #expect(error?.message.contains(other.authority) == true)
                #expect(error?.message.contains("secret") == false)
            }
            #expect(other.requests.isEmpty)
        }
    }

    @Test("stops soon when the task is cancelled")
    func cancels() async throws {
        let bucket = StubBucket(content, cutAt: 5_000, script: [.stall])
        try await downloading(bucket, stall: .seconds(60)) { _, store, folder in
            let version = try #require(try await store.find("a.csv"))
            let (arrived, signal) = AsyncStream.makeStream(of: Int64.self)
            let task = Task {
                await error {
                    try await store.fetch(version, workFolder: folder) { signal.yield($0) }
                }
            }
            for await count in arrived where count >= 5_000 { break }
            // Nothing of it has a name, so nothing is left if the process were killed now.
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
            task.cancel()
            #expect(await task.value?.kind == .cancelled)
        }
    }

    @Test("reads an empty object")
    func empty() async throws {
        try await downloading(StubBucket([])) { _, store, folder in
            let version = try #require(try await store.find("a.csv"))
            let progress = Recorder<Int64>()
            let file = try await store.fetch(version, workFolder: folder) { progress.append($0) }
            #expect(file.sizeBytes == 0)
            #expect(progress.values == [0])
        }
    }

    @Test("says beforehand that the folder for copies has no room, and how much is needed")
    func noRoom() async throws {
        let bucket = StubBucket([], sizeBytes: 1 << 60)
        try await downloading(bucket) { server, store, folder in
            let version = try #require(try await store.find("a.csv"))
            let error = await error {
                try await store.fetch(version, workFolder: folder) { _ in }
            }
            #expect(error?.kind == .noSpace(folder: folder, neededBytes: 1 << 60))
            #expect(error?.message.contains("1152921504606846976 bytes") == true)
            #expect(server.requests.count == 1)
        }
    }
}

// MARK: Stages

extension GoogleDownloadTests {
    private func downloading(
        _ bucket: StubBucket, stall: Duration = .milliseconds(300),
        _ body: (StubHTTPServer, any ObjectStore, _ folder: String) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            try await withStubServer {
                bucket.answer($0)
            } _: { server in
                let settings = quickSettings(server) { settings in
                    settings.patience.limits.stall = stall
                }
                try await body(server, try openBucket(settings), folder)
            }
        }
    }

    /// Fetches from a bucket that answers every download so.
    private func answering(
        _ reply: StubReply, _ body: (ObjectStoreError?) throws -> Void
    ) async throws {
        let bucket = StubBucket(content)
        try await withTemporaryFolder { folder in
            try await withStubServer { request in
                request.query["alt"] == "media" ? reply : bucket.answer(request)
            } _: { server in
                let store = try openBucket(quickSettings(server))
                let version = try #require(try await store.find("a.csv"))
                try body(
                    await error { try await store.fetch(version, workFolder: folder) { _ in } })
            }
        }
    }
}
