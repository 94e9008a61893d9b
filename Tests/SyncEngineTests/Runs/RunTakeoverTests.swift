import Postgres
import TestSupport
import Testing

@testable import SyncEngine

@Suite("A run that is cut short and goes on")
struct RunTakeoverTests {
    private static let codes = (10..<50).map { "S\($0)" }
    private static let limits = RunLimits(driftPercent: 100)

    /// Thirty services drift, nine agree, one is orphaned, one is new; one row is bad, another is
    /// refused by the database.
    private func prepare(_ fixture: RunFixture) async throws {
        try await fixture.events.apply(Self.codes.map { RunFixture.event("e\($0)", $0) })
        try fixture.write(
            Self.codes.dropLast().map { code in
                RunFixture.row(code, duration: code < "S40" ? "90" : "60")
            } + [RunFixture.row("NEW"), RunFixture.row("REFUSED"), "bad"])
        try await fixture.events.run(
            Refusal.install("NEW.external_service_code = 'REFUSED'"))
    }

    private let figures =
        "PARTIAL_SUCCESS fetched=42 matched=39 drifted=30 created=1 updated=30 orphaned=1 failed=2"

    private func check(_ fixture: RunFixture, _ id: Int64) async throws {
        try await fixture.settled(id)
        #expect(try await fixture.figures(id) == figures)
        #expect(try await fixture.drift(id).count == 32)
        #expect(try await fixture.badRows(id).count == 2)
        #expect(
            try await fixture.events.count(
                "SELECT count(*) FROM service_catalog WHERE row_version > 2") == 0)
    }

    @Test("has the figures of one that nobody disturbs")
    func undisturbed() async throws {
        try await RunFixture.with(limits: Self.limits) { fixture async throws in
            try await prepare(fixture)
            try await check(fixture, try await fixture.reconcile())
        }
    }

    @Test("when its engine dies after everything, before it says so")
    func beforeTheEnd() async throws {
        try await RunFixture.with(limits: Self.limits) { fixture async throws in
            try await prepare(fixture)
            let id = try await fixture.reconcile()
            try await fixture.events.run(
                """
                UPDATE sync_runs SET state = 'RUNNING', completed_at = NULL, lease_engine_id = 9,
                    lease_expires_at = now(), matched = 0, updated = 0, orphaned = 0
                WHERE id = \(id)
                """)
            try await check(fixture, id)
        }
    }

    /// A run that died in its midst: what it has recorded is there, its own figures are not.
    private func died(_ fixture: RunFixture, leaseExpired ago: String) async throws -> Int64 {
        try await prepare(fixture)
        let id = try await fixture.withWorker(engine: 1) { try await fixture.reconcile() }
        try await fixture.events.run(
            """
            UPDATE sync_runs SET state = 'RUNNING', completed_at = NULL, lease_engine_id = 9,
                lease_expires_at = now() - interval '\(ago)', fetched = 0, matched = 0, created = 7,
                drifted = 0, updated = 0, orphaned = 0
            WHERE id = \(id)
            """)
        return id
    }

    private let recorded =
        "fetched=33 matched=30 drifted=30 created=1 updated=30 orphaned=1 failed=2"

    @Test("when it is cancelled before anybody takes it up, it says what it has written")
    func cancelledAfterDeath() async throws {
        try await RunFixture.with(limits: Self.limits, hasWorker: false) { fixture async throws in
            let id = try await died(fixture, leaseExpired: "1 second")
            let report = try await fixture.events.operations().cancelRuns([id], reason: "no")
            #expect(report.lines.map(\.message) == ["cancelled"])
            #expect(
                try await fixture.figures(id) == "CANCELLED \(recorded) cancelled by ana: no")
        }
    }

    @Test("when nobody takes it up in time, it says what it has written")
    func interruptedAfterDeath() async throws {
        try await RunFixture.with(limits: Self.limits, hasWorker: false) { fixture async throws in
            let id = try await died(fixture, leaseExpired: "2 hours")
            try await fixture.withWorker(engine: 1) {
                try await fixture.reaches("INTERRUPTED", id)
            }
            #expect(
                try await fixture.figures(id)
                    == "INTERRUPTED \(recorded) its engine died and nobody took it up in time")
        }
    }

    @Test(
        "when who takes it up does not come to apply it, it says what was written before",
        arguments: [RunState.cancelled, .failed])
    func closedAfterTakeover(state: RunState) async throws {
        try await RunFixture.with(limits: Self.limits, hasWorker: false) { fixture async throws in
            let id = try await died(fixture, leaseExpired: "1 second")
            let record = try await fixture.claimed(by: 2)
            try await record.renew(RunProgressBoard(), fixture.events.connection)
            var forecast = RunCounts()
            forecast.created = 31
            forecast.updated = 5
            let isClosed = try await record.close(
                state, counts: forecast, badRows: 2, fixture.events.connection)
            #expect(isClosed)
            #expect(
                try await fixture.figures(id)
                    == "\(state.rawValue) fetched=31 matched=30 drifted=30 created=1 updated=30 "
                    + "orphaned=1")
        }
    }

    @Test("when the database drops its connections in the middle of a chunk")
    func droppedInChunk() async throws {
        try await RunFixture.with(limits: Self.limits) { fixture async throws in
            try await prepare(fixture)
            try await RunGate.with(recording: "S20", fixture) { gate async throws in
                let id = try await fixture.start()
                try await gate.isReached()
                try await drop(fixture)
                try await gate.open()
                try await check(fixture, id)
            }
        }
    }

    @Test(
        "when the database drops its connections before or while the catalog is read",
        arguments: ["sync_bad_rows", "service_catalog"])
    func droppedInStaging(table: String) async throws {
        try await RunFixture.with(limits: Self.limits) { fixture async throws in
            try await prepare(fixture)
            try await RunGate.with(table: table, fixture) { gate async throws in
                let id = try await fixture.start()
                try await gate.isReached()
                try await drop(fixture)
                try await gate.open()
                try await check(fixture, id)
                #expect(try await fixture.events.count("SELECT times_lost FROM sync_runs") == 1)
            }
        }
    }

    @Test("when a revert's engine dies in its midst, all of it is reverted and counted")
    func revert() async throws {
        try await RunFixture.with(limits: Self.limits) { fixture async throws in
            try await prepare(fixture)
            let id = try await fixture.reconcile()
            let report = try await fixture.events.operations().revertRun(id, reason: "wrong")
            let reverting = try #require(Int64(report.lines[0].id))
            try await fixture.settled(reverting)
            let expected = "SUCCESS fetched=31 matched=31 drifted=31 updated=31"
            #expect(try await fixture.figures(reverting) == expected)
            try await fixture.events.run(
                """
                UPDATE sync_runs SET state = 'RUNNING', completed_at = NULL, lease_engine_id = 9,
                    lease_expires_at = now(), matched = 0, updated = 0, fetched = 0
                WHERE id = \(reverting)
                """)
            try await fixture.settled(reverting)
            #expect(try await fixture.figures(reverting) == expected)
        }
    }

    /// Ends every connection but the test's own two.
    private func drop(_ fixture: RunFixture) async throws {
        let dropped = try await fixture.events.count(
            """
            SELECT count(pg_terminate_backend(a.pid)) FROM pg_stat_activity a
            WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
              AND NOT EXISTS (SELECT FROM pg_locks l WHERE l.pid = a.pid AND l.granted
                              AND (l.locktype = 'advisory' OR l.mode = 'AccessExclusiveLock'))
            """)
        #expect(dropped > 0)
    }
}

@Suite("Runs of several engines")
struct RunEngineTests {
    @Test("of one source never go on at once")
    func oneSource() async throws {
        try await RunFixture.with(limits: RunLimits(driftPercent: 100)) { fixture async throws in
            try await fixture.events.apply(["A", "B"].map { RunFixture.event("e\($0)", $0) })
            try fixture.write(["A", "B"].map { RunFixture.row($0, duration: "90") })
            try await RunGate.with(recording: "B", fixture) { gate async throws in
                let id = try await fixture.start()
                try await gate.isReached()
                let second = try await fixture.events.operations("bob").startRun(source: "ES")
                #expect(
                    second.lines.map(\.message) == [
                        "ES has a run already: run \(id) of it is running"
                    ])
                try await fixture.withWorker(engine: 2) {
                    // The row is held by the chunk: another engine passes over it.
                    let row = try await fixture.events.connection.query(
                        EngineSQL.runClaim,
                        [
                            .int(3), .textArray(["ES"]), .double(15), .null,
                            .text(ReconciliationKind.catalogFile.rawValue),
                        ]
                    ).first
                    #expect(row == nil)
                    try await gate.open()
                    try await fixture.settled(id)
                }
                #expect(
                    try await fixture.events.texts("SELECT taken_up FROM sync_runs") == ["1"])
                #expect(
                    try await fixture.figures(id)
                        == "PARTIAL_SUCCESS fetched=2 matched=2 drifted=2 updated=2")
            }
        }
    }

    @Test("of two sources go on side by side")
    func twoSources() async throws {
        let sources = ["ES", "FR"]
        try await RunFixture.with(sources: sources) { fixture async throws in
            try await fixture.events.apply([RunFixture.event("e1", "A")])
            try fixture.write([RunFixture.row("A", duration: "90")])
            try fixture.write([RunFixture.row("F", country: "FR")], to: "french.csv")
            try await RunGate.with(recording: "A", fixture) { gate async throws in
                let first = try await fixture.start()
                try await gate.isReached()
                try await fixture.withWorker(engine: 2) {
                    let second = try await fixture.start("french.csv", source: "FR")
                    try await fixture.settled(second)
                    #expect(try await fixture.figures(second) == "SUCCESS fetched=1 created=1")
                    #expect(
                        try await fixture.events.texts(
                            "SELECT state FROM sync_runs WHERE id = \(first)") == ["RUNNING"])
                    try await gate.open()
                    try await fixture.settled(first)
                }
            }
        }
    }
}
