import Foundation
import ObjectStores
import Probes
import Synchronization
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Runs over a bucket", .timeLimit(.minutes(4)))
struct BucketRunTests {
    /// A differs from what the event said, the others do not.
    private static let file = Array(
        ([RunFixture.header, RunFixture.row("A", duration: "90")]
            + (10..<50).map { RunFixture.row("S\($0)") }).map { $0 + "\n" }.joined().utf8)
    private static let corrected =
        "PARTIAL_SUCCESS fetched=41 matched=41 drifted=1 updated=1"

    @Test("go on where the connection broke off, and end as if it had not")
    func comesBack() async throws {
        let bucket = StubBucket(Self.file, cutAt: 2_000, script: [.cut, .cut])
        try await running(bucket.answer) { fixture, server in
            let id = try await fixture.reconcile()
            #expect(try await fixture.figures(id) == Self.corrected)
            let downloads = server.requests.filter { $0.query["alt"] == "media" }
            #expect(downloads.map { $0.headers["range"] } == [nil, "bytes=2000-", "bytes=4000-"])
            #expect(
                try await fixture.events.texts(
                    "SELECT object_name || ' ' || object_version FROM sync_runs")
                    == ["services.csv \(bucket.generation)"])
            #expect(fixture.breakers.snapshots().map(\.key) == ["gs:bucket"])
        }
    }

    @Test("fail and change nothing where it does not come back in time")
    func staysAway() async throws {
        let bucket = StubBucket(Self.file, cutAt: 10, script: Array(repeating: .cut, count: 99))
        try await running(bucket.answer) { fixture, _ in
            let id = try await fixture.reconcile()
            let figures = try await fixture.figures(id)
            #expect(figures.hasPrefix("FAILED gs://bucket/exports/services.csv broke off 3 times"))
            #expect(figures.contains("at 30 of \(Self.file.count) bytes"))
            try await expectNothingChanged(fixture, id)
        }
    }

    @Test("wait while their bucket is away half-way through, saying why, and then succeed")
    func waits() async throws {
        let bucket = StubBucket(Self.file)
        let isUp = Mutex(false)
        let answer: Answer = { request in
            request.query["alt"] != "media" || isUp.withLock { $0 }
                ? bucket.answer(request) : StubReply(503, json: "{}")
        }
        try await running(
            answer, patience: .seconds(600), breakers: BreakerPolicy(volumeThreshold: 1_000)
        ) { fixture, _ in
            let report = try await fixture.events.operations().startRun(
                source: "ES", object: "services.csv")
            let id = try #require(Int64(report.lines[0].id))
            try await expectWaiting(fixture, id, for: "%broke off 3 times in a row, at 0 of%")
            try await expectNothingChanged(fixture, id)
            isUp.withLock { $0 = true }
            try await fixture.settled(id)
            #expect(try await fixture.figures(id) == Self.corrected)
        }
    }

    @Test("stay with the version that they began with: one that is replaced meanwhile ends them")
    func replaced() async throws {
        let old = StubBucket(Self.file, cutAt: 2_000, script: [.cut])
        let new = StubBucket(
            Array((RunFixture.header + "\n" + RunFixture.row("A", duration: "77") + "\n").utf8),
            generation: 1_737_200_000_000_000)
        let isReplaced = Mutex(false)
        let answer: Answer = { request in
            // Google's answer for a generation that is gone.
            guard let asked = request.query["generation"] else {
                return (isReplaced.withLock { $0 } ? new : old).answer(request)
            }
            if asked == "\(old.generation)" {
                let wasReplaced = isReplaced.withLock { was in
                    defer { was = true }
                    return was
                }
                return wasReplaced ? StubReply(404, json: "{}") : old.answer(request)
            }
            return new.answer(request)
        }
        try await running(answer) { fixture, server in
            let id = try await fixture.reconcile()
            #expect(
                try await fixture.figures(id)
                    == "FAILED gs://bucket/exports/services.csv was replaced or deleted after it "
                    + "was found: start again to read what is there now.")
            try await expectNothingChanged(fixture, id)
            let asked = server.requests.compactMap { $0.query["ifGenerationMatch"] }
            #expect(asked == ["\(old.generation)", "\(old.generation)"])

            let next = try await fixture.reconcile()
            #expect(
                try await fixture.events.texts(
                    "SELECT object_version FROM sync_runs WHERE id = \(next)")
                    == ["\(new.generation)"])
        }
    }

    @Test("refuse bytes that are not those that the bucket has the checksum of")
    func checksum() async throws {
        let bucket = StubBucket(Self.file, crc32c: 7)
        try await running(bucket.answer) { fixture, _ in
            let id = try await fixture.reconcile()
            let figures = try await fixture.figures(id)
            #expect(figures.hasPrefix("FAILED gs://bucket/exports/services.csv came with the"))
            #expect(figures.contains("and not 7, which its bucket has: start again"))
            try await expectNothingChanged(fixture, id)
        }
    }

    @Test(
        "say what the bucket said, and ask again only where that may help",
        arguments: [
            (403, "gs://bucket refuses a caller without credentials (status 403, No.)", 1),
            (404, "gs://bucket does not exist (status 404, No.): correct the source's location", 2),
            (429, "gs://bucket cannot answer now (status 429, No.).", 3),
            (503, "gs://bucket cannot answer now (status 503, No.).", 3),
        ])
    func refusals(_ status: Int, _ words: String, _ requests: Int) async throws {
        let answer: Answer = { _ in
            StubReply(status, json: #"{"error": {"message": "No."}}"#)
        }
        try await running(answer) { fixture, server in
            let id = try await fixture.reconcile()
            let figures = try await fixture.figures(id)
            #expect(figures.hasPrefix("FAILED " + words.replacing("No.", with: "No")), "\(figures)")
            #expect(server.requests.count == requests)
            try await expectNothingChanged(fixture, id)
        }
    }

    @Test("leave a bucket alone whose breaker is open, and go on when it lets them")
    func breaker() async throws {
        let bucket = StubBucket(Self.file)
        let isUp = Mutex(false)
        let answer: Answer = { request in
            isUp.withLock { $0 } ? bucket.answer(request) : StubReply(503, json: "{}")
        }
        try await running(
            answer, patience: .seconds(600), breakers: BreakerPolicy(resetTimeout: .seconds(8))
        ) { fixture, server in
            let report = try await fixture.events.operations().startRun(
                source: "ES", object: "services.csv")
            let id = try #require(Int64(report.lines[0].id))
            try await expectWaiting(
                fixture, id,
                for: "The circuit breaker gs:bucket is open (status 503): it tries again at %")
            #expect(fixture.breakers.snapshots().first?.snapshot.state == .open)
            // Five calls opened it; the run has looked again since and asked nobody.
            #expect(server.requests.count == 5)
            isUp.withLock { $0 = true }
            try await fixture.settled(id)
            #expect(try await fixture.figures(id) == Self.corrected)
            #expect(fixture.breakers.snapshots().first?.snapshot.state == .closed)
        }
    }

    @Test("ask nobody while a person holds the breaker open")
    func heldOpen() async throws {
        let bucket = StubBucket(Self.file)
        try await running(bucket.answer) { fixture, server in
            fixture.breakers.forceOpen("gs:bucket", reason: "ana: moving it")
            let id = try await fixture.reconcile()
            #expect(
                try await fixture.figures(id)
                    == "FAILED The circuit breaker gs:bucket is held open (ana: moving it): "
                    + "`syncconsole breakers reset gs:bucket` closes it.")
            #expect(server.requests.isEmpty)
        }
    }
}

// MARK: Stages

extension BucketRunTests {
    private typealias Answer = @Sendable (StubRequest) -> StubReply

    private func running(
        _ answer: @escaping Answer, patience: Duration = .zero,
        breakers: BreakerPolicy = BreakerPolicy(),
        _ body: (RunFixture, StubHTTPServer) async throws -> Void
    ) async throws {
        try await withStubServer(answer) { server in
            var stores = ObjectStoreSettings()
            stores.google.endpoint = server.url
            stores.patience.attempts = 3
            stores.patience.firstPause = .milliseconds(1)
            stores.patience.progressBytes = 1_000
            try await RunFixture.with(
                patience: patience, location: "gs://bucket/exports/", stores: stores,
                breakers: breakers
            ) { (fixture: RunFixture) async throws in
                try await fixture.events.apply(
                    [RunFixture.event("e0", "A")]
                        + (10..<50).map { RunFixture.event("e\($0)", "S\($0)") })
                try await body(fixture, server)
            }
        }
    }

    private func expectWaiting(
        _ fixture: RunFixture, _ id: Int64, for reason: String
    ) async throws {
        let isWaiting = try await eventually(within: .seconds(30)) {
            try await fixture.events.count(
                "SELECT count(*) FROM sync_runs WHERE id = \(id) AND state = 'WAITING' "
                    + "AND lease_engine_id IS NULL AND error_message LIKE '\(reason)'") == 1
        }
        let figures = try await fixture.figures(id)
        #expect(isWaiting, "\(figures)")
    }

    private func expectNothingChanged(_ fixture: RunFixture, _ id: Int64) async throws {
        let durations = Set(try await fixture.services("estimated_duration_minutes::text"))
        #expect(durations.count == 41 && durations.allSatisfy { $0.hasSuffix(" 60") })
        #expect(try await fixture.drift(id).isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.folder) == [])
    }
}
