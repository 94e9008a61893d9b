import Testing

@testable import SyncEngine

@Suite("Events that arrive while a file is applied")
struct RunRaceTests {
    private static let before = "2025-01-16T00:00:00Z"
    private static let after = "2025-01-18T00:00:00Z"

    /// Forty services that drift, two that agree and one that the file creates; the run stands in
    /// the midst of the chunk that has S20, and S12 and S45 lie before and behind it.
    private func race(
        _ body: (RunFixture, RunGate) async throws -> Void
    ) async throws {
        try await RunFixture.with(limits: RunLimits(driftPercent: 100)) { fixture async throws in
            let codes = (10..<50).map { "S\($0)" }
            try await fixture.events.apply(
                (codes + ["T1", "T2"]).map { RunFixture.event("e\($0)", $0) })
            try fixture.write(
                codes.map { RunFixture.row($0, duration: "90") }
                    + [RunFixture.row("T1"), RunFixture.row("T2"), RunFixture.row("U1")])
            try await RunGate.with(recording: "S20", fixture) { gate async throws in
                let id = try await fixture.start()
                try await gate.isReached()
                try await body(fixture, gate)
                try await fixture.settled(id)
            }
        }
    }

    private func minutes(_ codes: String..., in fixture: RunFixture) async throws -> [String] {
        let list = codes.map { "'\($0)'" }.joined(separator: ",")
        return try await fixture.events.texts(
            "SELECT external_service_code || ' ' || estimated_duration_minutes "
                + "FROM service_catalog WHERE external_service_code IN (\(list)) ORDER BY 1")
    }

    private func log(_ fixture: RunFixture) async throws -> [String] {
        try await fixture.events.log().filter { $0.hasPrefix("late") }
    }

    @Test("and are newer than it stand, in the chunk, before it and behind it")
    func newer() async throws {
        try await race { fixture, gate async throws in
            // These are not in the chunk, and go through at once; the third waits for its commit.
            try await fixture.events.apply([
                RunFixture.event("late1", "S12", duration: 11, at: Self.after),
                RunFixture.event("late2", "S45", duration: 12, at: Self.after),
                RunFixture.event("late4", "T1", duration: 14, at: Self.after),
                RunFixture.event("late5", "U1", duration: 15, at: Self.after),
            ])
            async let waiting = fixture.events.apply([
                RunFixture.event("late3", "S20", duration: 13, at: Self.after)
            ])
            try await gate.open()
            _ = try await waiting
            try await fixture.reaches("PARTIAL_SUCCESS", 1)
            #expect(
                try await minutes("S12", "S20", "S45", "T1", "U1", in: fixture) == [
                    "S12 11", "S20 13", "S45 12", "T1 14", "U1 15",
                ])
            #expect(
                try await fixture.figures(1)
                    == "PARTIAL_SUCCESS fetched=43 matched=43 drifted=39 updated=39 newer=2")
            #expect(
                try await fixture.drift(1).filter { $0.contains("NEWER") } == [
                    "S45 estimated_duration_minutes NEWER 12 > 90",
                    "U1 estimated_duration_minutes NEWER 15 > 60",
                ])
            #expect(try await log(fixture).allSatisfy { $0.contains("PROCESSED") })
        }
    }

    @Test("and are older do not undo it, in the chunk, before it and behind it")
    func older() async throws {
        try await race { fixture, gate async throws in
            try await fixture.events.apply([
                RunFixture.event("late1", "S12", duration: 11, at: Self.before),
                RunFixture.event("late2", "S45", duration: 12, at: Self.before),
                RunFixture.event("late4", "U1", duration: 14, at: Self.before),
            ])
            async let waiting = fixture.events.apply([
                RunFixture.event("late3", "S20", duration: 13, at: Self.before)
            ])
            try await gate.open()
            _ = try await waiting
            try await fixture.reaches("PARTIAL_SUCCESS", 1)
            #expect(
                try await minutes("S12", "S20", "S45", "U1", in: fixture) == [
                    "S12 90", "S20 90", "S45 90", "U1 60",
                ])
            #expect(
                try await log(fixture) == [
                    "late1 SKIPPED stale", "late2 PROCESSED updated", "late3 SKIPPED stale",
                    "late4 PROCESSED created",
                ])
            #expect(
                try await fixture.drift(1).filter { $0.hasPrefix("S45") || $0.hasPrefix("U1") } == [
                    "S45 estimated_duration_minutes CORRECTED 12 > 90",
                    "U1 estimated_duration_minutes CORRECTED 14 > 60",
                ])
        }
    }

    @Test("and are older do not undo it either where it found nothing to correct")
    func olderWhereEqual() async throws {
        try await race { fixture, gate async throws in
            try await fixture.events.apply([
                RunFixture.event("late1", "T1", duration: 11, at: Self.before)
            ])
            #expect(try await minutes("T1", in: fixture) == ["T1 11"])
            try await gate.open()
            try await fixture.reaches("PARTIAL_SUCCESS", 1)
            try await fixture.events.apply([
                RunFixture.event("late2", "T2", duration: 12, at: Self.before)
            ])
            #expect(try await minutes("T1", "T2", in: fixture) == ["T1 60", "T2 60"])
            #expect(
                try await log(fixture) == ["late1 PROCESSED updated", "late2 SKIPPED stale"])
            #expect(
                try await fixture.figures(1)
                    == "PARTIAL_SUCCESS fetched=43 matched=42 drifted=41 created=1 updated=41")
        }
    }
}
