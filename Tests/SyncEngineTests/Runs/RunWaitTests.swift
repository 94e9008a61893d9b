import Postgres
import Probes
import Testing

@testable import SyncEngine

@Suite("A run whose file is not there yet")
struct RunWaitTests {
    private let name = "services_ES_20250117.csv"

    @Test("waits, and goes on once the file comes")
    func comes() async throws {
        try await RunFixture.with(patience: .seconds(3_600)) { fixture async throws in
            try await fixture.events.apply([RunFixture.event("e1", "A")])
            let id = try await fixture.start(name)
            try await fixture.reaches("WAITING", phase: "waiting_for_file", id)
            try fixture.write([RunFixture.row("A", duration: "90")], to: name)
            try await fixture.nudge(id)
            try await fixture.settled(id)
            try await fixture.reaches("PARTIAL_SUCCESS", id)
            #expect(
                try await fixture.figures(id)
                    == "PARTIAL_SUCCESS fetched=1 matched=1 drifted=1 updated=1")
        }
    }

    @Test("fails at its deadline, with that reason")
    func deadline() async throws {
        try await RunFixture.with(patience: .seconds(3_600)) { fixture async throws in
            let id = try await fixture.start(name)
            try await fixture.reaches("WAITING", phase: "waiting_for_file", id)
            try await fixture.events.run(
                "UPDATE sync_runs SET wait_until = now(), lease_expires_at = now()")
            try await fixture.reaches("FAILED", id)
            #expect(
                try await fixture.figures(id)
                    == "FAILED \(name) did not come to \(fixture.folder) in time")
        }
    }

    @Test("is cancelled, and a second one may start")
    func cancel() async throws {
        try await RunFixture.with(patience: .seconds(3_600)) { fixture async throws in
            let id = try await fixture.start(name)
            try await fixture.reaches("WAITING", phase: "waiting_for_file", id)
            let report = try await fixture.events.operations().cancelRuns([id], reason: "late")
            // At once, unless an engine is just looking whether the file has come.
            #expect(["cancelled", "stops at its next chunk"].contains(report.lines[0].message))
            try await fixture.reaches("CANCELLED", id)
            #expect(try await fixture.figures(id) == "CANCELLED cancelled by ana: late")
            try fixture.write([RunFixture.row("A")], to: name)
            let next = try await fixture.reconcile(name)
            #expect(
                try await fixture.figures(next) == "SUCCESS fetched=1 created=1")
        }
    }

    @Test("is cancelled too while an engine is looking for the file")
    func cancelWhileLooking() async throws {
        try await RunFixture.with(patience: .seconds(3_600), hasWorker: false) {
            fixture async throws in
            let id = try await fixture.start(name)
            let record = try await fixture.claimed(by: 9)
            let report = try await fixture.events.operations().cancelRuns([id], reason: "late")
            #expect(report.lines.map(\.message) == ["stops at its next chunk"])
            await #expect(throws: RunEnd.self) {
                try await record.wait(
                    for: name, until: record.run.now.advanced(by: .seconds(60)), again: .seconds(5),
                    fixture.events.connection)
            }
            try await fixture.withWorker(engine: 1) {
                try await fixture.nudge(id)
                try await fixture.reaches("CANCELLED", id)
            }
        }
    }
}
