import Foundation
import Postgres
import TestSupport
import Testing

@testable import SyncEngine

@Suite("A run that is cancelled")
struct RunCancelTests {
    @Test("stops at its next chunk; what it has applied stays, and is told")
    func applying() async throws {
        let limits = RunLimits(driftPercent: 100)
        try await RunFixture.with(limits: limits) { fixture async throws in
            let codes = (10..<50).map { "S\($0)" }
            try await fixture.events.apply(codes.map { RunFixture.event("e\($0)", $0) })
            try fixture.write(codes.map { RunFixture.row($0, duration: "90") })
            try await RunGate.with(recording: "S20", fixture) { gate async throws in
                let id = try await fixture.start()
                try await gate.isReached()
                // The chunk holds the run's row, and the request waits for it.
                async let report = fixture.events.operations().cancelRuns([id], reason: "enough")
                let isAsked = try await eventually(within: .seconds(20)) {
                    try await fixture.events.count(
                        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                            + "AND datname = current_database() AND query LIKE '%cancel_requested_at = now()%' "
                            + "AND pid <> pg_backend_pid()") > 0
                }
                #expect(isAsked)
                try await gate.open()
                #expect(try await report.lines.map(\.message) == ["stops at its next chunk"])
                try await fixture.reaches("CANCELLED", id)
                let changed = try await fixture.events.count(
                    "SELECT count(*) FROM service_catalog WHERE estimated_duration_minutes = 90")
                #expect(changed >= 14 && changed < codes.count)
                #expect(
                    try await fixture.figures(id)
                        == "CANCELLED fetched=40 matched=\(changed) drifted=\(changed) "
                        + "updated=\(changed) cancelled by ana: enough")
                #expect(try await fixture.drift(id).count == changed)
                #expect(try await fixture.events.count("SELECT count(*) FROM file_marks") == 0)

                let reverted = try await fixture.events.operations().revertRun(id, reason: "all")
                try await fixture.settled(try #require(Int64(reverted.lines[0].id)))
                try await fixture.reaches("REVERTED", id)
                #expect(
                    try await fixture.events.count(
                        "SELECT count(*) FROM service_catalog "
                            + "WHERE estimated_duration_minutes = 60") == codes.count)
            }
        }
    }

    @Test("does not read its file to the end")
    func staging() async throws {
        try await RunFixture.with { fixture async throws in
            try fixture.write("services.csv", text: RunFixture.header + "\n", at: "2025-01-17")
            // A hole, which takes no room on the disk and ages to read.
            #expect(truncate(fixture.folder + "/services.csv", 1 << 40) == 0)
            let id = try await fixture.start()
            try await fixture.reaches("RUNNING", phase: "staging", id)
            let report = try await fixture.events.operations().cancelRuns([id], reason: "big")
            #expect(report.done == 1)
            try await fixture.reaches("CANCELLED", id)
        }
    }

    @Test("does not wait for a bucket that says nothing")
    func fetching() async throws {
        let bucket = try StubHTTPServer { request in
            request.query["alt"] == "media"
                ? StubReply(
                    200, headers: [("x-goog-generation", "1")],
                    body: Array(repeating: 10, count: 1_000), sentBytes: 10, ending: .stall)
                : StubReply(
                    200,
                    json: #"{"name": "services.csv", "generation": "1", "size": "1000", "#
                        + #""updated": "2025-01-17T00:00:00Z", "crc32c": "AAAAAA=="}"#)
        }
        defer { bucket.stop() }
        try await RunFixture.with(location: "gs://bucket", endpoint: bucket.url) {
            fixture async throws in
            let id = try await fixture.start()
            try await fixture.reaches("RUNNING", phase: "fetching", id)
            let isAsked = await eventually { bucket.requests.count > 1 }
            #expect(isAsked)
            let report = try await fixture.events.operations().cancelRuns([id], reason: "slow")
            #expect(report.done == 1)
            try await fixture.reaches("CANCELLED", id)
        }
    }

    @Test("while it is about to ask asks no more, and while it is about to succeed has succeeded")
    func atTheEnd() async throws {
        for (state, end) in [
            (RunState.awaitingDecision, "CANCELLED cancelled by ana: no"), (.success, "SUCCESS"),
        ] {
            try await RunFixture.with(hasWorker: false) { fixture async throws in
                let id = try await fixture.start()
                let record = try await fixture.claimed(by: 9)
                let report = try await fixture.events.operations().cancelRuns([id], reason: "no")
                #expect(report.lines.map(\.message) == ["stops at its next chunk"])
                let isClosed = try await record.close(
                    state, counts: RunCounts(), badRows: 0, fixture.events.connection)
                #expect(isClosed)
                #expect(try await fixture.figures(id) == end)
            }
        }
    }

    @Test("too late has ended as it ended")
    func late() async throws {
        try await RunFixture.with { fixture async throws in
            try fixture.write([RunFixture.row("A")])
            let id = try await fixture.reconcile()
            let report = try await fixture.events.operations().cancelRuns([id], reason: "oh")
            #expect(report.lines.map(\.message) == ["run \(id) is success"])
            #expect(try await fixture.figures(id) == "SUCCESS fetched=1 created=1")
        }
    }
}
