import Postgres
import Probes
import Testing

@testable import SyncEngine

@Suite("How runs end")
struct RunEndTests {
    /// Asks as soon as more than 30 % of two services drift.
    private let strict = RunLimits(fromRows: 2)
    private let files = ["services_ES_20250116.csv", "services_ES_20250117.csv"]

    /// Three services, a file of the day before that agrees, and one of the day that does not.
    private func asking(
        _ fixture: RunFixture
    ) async throws -> (run: Int64, contents: String) {
        try await fixture.events.apply(
            ["A", "B", "C"].map { RunFixture.event("e\($0)", $0) })
        try fixture.write(
            ["A", "B", "C"].map { RunFixture.row($0, duration: $0 == "A" ? "61" : "60") },
            to: files[0], at: "2025-01-16T02:00:00Z")
        try fixture.write(
            ["A", "B", "C"].map { RunFixture.row($0, duration: "90") }, to: files[1])
        let contents = try await fixture.contents()
        let id = try await fixture.reconcile(files[1])
        try await fixture.reaches("AWAITING_DECISION", id)
        #expect(
            try await fixture.findings(id) == [
                "drift: 100 % of the rows compared would drift (3 of 3)"
            ])
        #expect(try await fixture.contents() == contents)
        return (id, contents)
    }

    @Test("one that asks changes nothing once it is abandoned")
    func abandon() async throws {
        try await RunFixture.with(limits: strict) { fixture async throws in
            let (id, contents) = try await asking(fixture)
            let report = try await fixture.events.operations().abandonRuns([id], reason: "wrong")
            #expect(report.lines.map(\.message) == ["abandoned; nothing was changed"])
            try await fixture.reaches("CANCELLED", id)
            #expect(try await fixture.figures(id) == "CANCELLED fetched=3 matched=3")
            #expect(try await fixture.contents() == contents)
            let reverted = try await fixture.events.operations().revertRun(id, reason: "undo")
            #expect(
                reverted.lines == [
                    .init(
                        id: "\(id)", result: .refused,
                        message: "run \(id) has changed nothing: there is nothing to revert")
                ])
        }
    }

    @Test("one that asks can be cancelled, and accepted no more")
    func cancelAsking() async throws {
        try await RunFixture.with(limits: strict) { fixture async throws in
            let (id, contents) = try await asking(fixture)
            let operations = fixture.events.operations()
            _ = try await operations.cancelRuns([id], reason: "no")
            #expect(
                try await fixture.figures(id)
                    == "CANCELLED fetched=3 matched=3 cancelled by ana: no")
            let late = try await operations.acceptRuns([id], reason: "yes")
            #expect(late.lines.map(\.message) == ["run \(id) is cancelled"])
            #expect(try await fixture.contents() == contents)
        }
    }

    @Test("in place of one that asks, the file before can be used")
    func previous() async throws {
        try await RunFixture.with(limits: RunLimits(driftPercent: 40, fromRows: 2)) {
            fixture async throws in
            let (id, _) = try await asking(fixture)
            let report = try await fixture.events.operations().useFileBefore([id], reason: "half")
            let next = try #require(Int64(report.lines[0].id))
            try await fixture.settled(next)
            #expect(
                try await fixture.figures(next)
                    == "PARTIAL_SUCCESS fetched=3 matched=3 drifted=1 updated=1")
            #expect(
                try await fixture.events.texts(
                    "SELECT object_name FROM sync_runs WHERE id = \(next)") == [files[0]])
            #expect(
                try await fixture.figures(id) == "CANCELLED fetched=3 matched=3")
            let late = try await fixture.events.operations().abandonRuns([id], reason: "no")
            #expect(
                late.lines.map(\.message) == [
                    "ana has already chosen the file before its own; run \(id) is cancelled"
                ])
        }
    }

    @Test("without a file before it says so, and waits for a decision as before")
    func noPrevious() async throws {
        try await RunFixture.with(limits: strict) { fixture async throws in
            let (id, _) = try await asking(fixture)
            try fixture.remove(files[0])
            let report = try await fixture.events.operations().useFileBefore([id], reason: "half")
            let next = try #require(Int64(report.lines[0].id))
            try await fixture.settled(next)
            #expect(
                try await fixture.figures(next)
                    == "FAILED there is no file before \(files[1]) in \(fixture.folder): "
                    + "run \(id) waits for a decision again")
            #expect(
                try await fixture.figures(id)
                    == "AWAITING_DECISION fetched=3 matched=3 drifted=3 updated=3")
            #expect(
                try await fixture.events.count(
                    "SELECT count(*) FROM sync_runs WHERE id = \(id) AND completed_at IS NULL "
                        + "AND decision IS NULL") == 1)
            _ = try await fixture.events.operations().acceptRuns([id], reason: "then this one")
            try await fixture.settled(id)
            #expect(
                try await fixture.figures(id)
                    == "PARTIAL_SUCCESS fetched=3 matched=3 drifted=3 updated=3")
        }
    }

    @Test("one waits for a decision again where the run for the file before is cancelled in time")
    func previousCancelled() async throws {
        try await RunFixture.with(hasWorker: false) { fixture async throws in
            let id = try await fixture.start()
            try await fixture.events.run(
                "UPDATE sync_runs SET state = 'AWAITING_DECISION' WHERE id = \(id)")
            let operations = fixture.events.operations()
            let report = try await operations.useFileBefore([id], reason: "half")
            let next = try #require(Int64(report.lines[0].id))
            try await fixture.reaches("CANCELLED", id)
            let cancelled = try await operations.cancelRuns([next], reason: "no")
            #expect(
                cancelled.lines.map(\.message) == [
                    "cancelled; run \(id) waits for a decision again"
                ])
            try await fixture.reaches("AWAITING_DECISION", id)
        }
    }

    @Test("a file that is another one when it is accepted is not applied")
    func changedBeforeAccept() async throws {
        try await RunFixture.with(limits: strict) { fixture async throws in
            let (id, contents) = try await asking(fixture)
            try fixture.write([RunFixture.row("A", duration: "5")], to: files[1])
            _ = try await fixture.events.operations().acceptRuns([id], reason: "yes")
            try await fixture.settled(id)
            #expect(
                try await fixture.figures(id).hasSuffix(
                    "\(files[1]) is no longer the file that this run began with: start another run")
            )
            #expect(try await fixture.contents() == contents)
        }
    }

    @Test("one whose engines died three times is interrupted")
    func diedThrice() async throws {
        try await RunFixture.with(hasWorker: false) { fixture async throws in
            try fixture.write([RunFixture.row("A")])
            let id = try await fixture.start()
            for engine in 7...9 { try await fixture.lose(id, engine: Int64(engine)) }
            try await fixture.withWorker(engine: 1) {
                try await fixture.reaches("INTERRUPTED", id)
            }
            #expect(
                try await fixture.figures(id)
                    == "INTERRUPTED its engine died or lost the database 3 times")
        }
    }

    @Test("one that nobody took up in time is interrupted")
    func nobody() async throws {
        try await RunFixture.with(hasWorker: false) { fixture async throws in
            try fixture.write([RunFixture.row("A")])
            let id = try await fixture.start()
            try await fixture.lose(id, engine: 9)
            try await fixture.events.run(
                "UPDATE sync_runs SET lease_expires_at = now() - interval '2 hours'")
            try await fixture.withWorker(engine: 1) {
                try await fixture.reaches("INTERRUPTED", id)
            }
            #expect(
                try await fixture.figures(id)
                    == "INTERRUPTED its engine died and nobody took it up in time")
        }
    }
}
