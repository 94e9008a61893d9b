import Postgres
import TestSupport
import Testing

@testable import SyncEngine

@Suite("A chunk whose commit nobody heard of")
struct RunLostCommitTests {
    @Test("is counted once, and not written again")
    func lostCommit() async throws {
        try await RunFixture.with(limits: RunLimits(driftPercent: 100), hasWorker: false) {
            fixture async throws in
            let codes = (10..<30).map { "S\($0)" }
            try await fixture.events.apply(codes.map { RunFixture.event("e\($0)", $0) })
            try fixture.write(codes.map { RunFixture.row($0, duration: "90") } + ["bad"])
            let proxy = try PostgresProxy(to: fixture.events.database.url)
            defer { proxy.stop() }
            try await fixture.withWorker(engine: 1, database: PostgresSettings(url: proxy.url)) {
                try await RunGate.with(recording: "S20", fixture) { gate async throws in
                    let id = try await fixture.start()
                    try await gate.isReached()
                    proxy.loseNextCommit()
                    try await gate.open()
                    try await fixture.settled(id)
                    #expect(proxy.lostCommits == 1)
                    #expect(
                        try await fixture.figures(id)
                            == "PARTIAL_SUCCESS fetched=21 matched=20 drifted=20 updated=20 failed=1"
                    )
                    #expect(try await fixture.drift(id).count == 20)
                    #expect(
                        try await fixture.events.count(
                            "SELECT count(*) FROM service_catalog WHERE row_version <> 2") == 0)
                }
            }
        }
    }
}
