import Glibc
import HTTPClient
import TestSupport
import Testing

@testable import ObjectStores

@Suite("Copy of an object")
struct CopyFileTests {
    @Test("says that the disk became full while it was written to, and how much is needed")
    func full() async throws {
        let full = open("/dev/full", O_RDWR)
        try #require(full >= 0)
        let copy = CopyFile(owning: full, folder: "/srv/copies", sizeBytes: 1_000)
        let error = await error { try [1, 2, 3].withUnsafeBytes { try copy.append($0) } }
        #expect(error?.kind == .noSpace(folder: "/srv/copies", neededBytes: 1_000))
        #expect(error?.isRetryable == false)
        #expect(copy.writtenBytes == 0)
    }

    @Test("says that a folder cannot be written to, and what to do")
    func folders() async throws {
        for folder in ["/nowhere/at/all", "/dev/null", "/proc"] {
            let error = await error { try CopyFile(in: folder, sizeBytes: 1) }
            #expect(error != nil)
            #expect(error?.message.contains("configure another") == true, "\(error?.message ?? "")")
        }
    }

    @Test("takes no more bytes than were announced")
    func tooMany() async throws {
        try await withTemporaryFolder { folder in
            let copy = try CopyFile(in: folder, sizeBytes: 2)
            let error = await error { try [1, 2, 3].withUnsafeBytes { try copy.append($0) } }
            #expect(error?.kind == .changed)
        }
    }

    @Test("reserves its room, and gives it back when it is released")
    func reserves() async throws {
        try await withTemporaryFolder { folder in
            var copy: CopyFile? = try CopyFile(in: folder, sizeBytes: 8_000_000)
            let blocks = try #require(copy).status.st_blocks
            #expect(blocks * 512 >= 8_000_000)
            let descriptor = try #require(copy).descriptor
            copy = nil
            // Closed: asking it again fails, or asks another file.
            var status = stat()
            #expect(fstat(descriptor, &status) != 0 || status.st_blocks != blocks)
        }
    }
}

extension CopyFile {
    fileprivate var status: stat {
        var status = stat()
        fstat(descriptor, &status)
        return status
    }
}

@Suite("Names, times and limits of buckets")
struct BucketTextTests {
    @Test(
        "reads times",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2025-01-17T03:04:05.678Z", 1_737_083_045_678_000),
            ("2025-01-17T03:04:05.123456789Z", 1_737_083_045_123_456),
            ("2024-02-29T23:59:60Z", 1_709_251_200_000_000),
        ])
    func times(_ text: String, _ expected: Int64) {
        #expect(BucketTime.parse(text) == expected)
    }

    @Test(
        "refuses what is no time",
        arguments: [
            "", "2025-01-17", "2025-01-17T03:04:05", "2025-01-17T03:04:05+01:00",
            "2025-13-17T03:04:05Z", "2025-01-17T24:04:05Z", "2025-01-17T03:04:05.Z",
            "2025-01-17T03:04:05.1234567890Z", "2025-01-17t03:04:05xZ", "２025-01-17T03:04:05Z",
        ])
    func noTimes(_ text: String) {
        #expect(BucketTime.parse(text) == nil)
    }

    @Test("doubles the pause up to a limit, and shortens it by chance")
    func pauses() {
        var patience = TransferPatience()
        patience.firstPause = .seconds(1)
        patience.longestPause = .seconds(5)
        let pauses = (1...5).map { patience.pause(afterFailures: $0, random: 0) }
        #expect(pauses == [1, 2, 4, 5, 5].map { .seconds($0) })
        #expect(patience.pause(afterFailures: 1, random: 0.5) == .milliseconds(850))
    }

    @Test("shows what a server says on one line, in short, and not if it holds a secret")
    func words() {
        #expect(PlainWords.shown("a\u{1B}[31m\nb. ", hiding: []) == "a [31m b")
        #expect(PlainWords.shown("the key is s3cret", hiding: ["s3cret"]) == "")
        #expect(PlainWords.shown(String(repeating: "x", count: 999), hiding: []).count == 200)
    }

    @Test("knows this machine by its addresses alone")
    func loopback() {
        for url in ["http://localhost:1/", "http://127.0.0.1", "http://[::1]:80/x"] {
            #expect(LoopbackAddress.isHost(ofURL: url))
        }
        for url in [
            "http://localhost.example.org", "http://127.0.0.1.example.org", "http://a@127.0.0.1",
        ] {
            #expect(!LoopbackAddress.isHost(ofURL: url))
        }
    }
}
