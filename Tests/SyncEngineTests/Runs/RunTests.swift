import Testing

@testable import SyncEngine

@Suite("Runs")
struct RunTests {
    @Test("an event and a file that say the same agree; what differs is corrected, field by field")
    func correct() async throws {
        try await RunFixture.with { (fixture: RunFixture) async throws in
            try await fixture.events.apply([
                RunFixture.event("e1", "A"), RunFixture.event("e2", "B"),
                RunFixture.event("e3", "C", scope: #"["a","b","c"]"#),
                RunFixture.event("e4", "D"),
            ])
            try fixture.write([
                RunFixture.row("A"), RunFixture.row("B", name: "Otro", duration: "90"),
                RunFixture.row("C"), RunFixture.row("E"),
                "F,ES", RunFixture.row("G", scope: "nonsense"),
            ])
            let id = try await fixture.reconcile()
            #expect(
                try await fixture.figures(id)
                    == "PARTIAL_SUCCESS fetched=6 matched=3 drifted=2 created=1 updated=1 held=1 "
                    + "orphaned=1 failed=2")
            #expect(
                try await fixture.drift(id) == [
                    "B name_i18n CORRECTED {\"es\": \"Servicio\"} > {\"es\": \"Otro\"}",
                    "B estimated_duration_minutes CORRECTED 60 > 90",
                    "C scope_included HELD [\"a\", \"b\", \"c\"] > [\"a\", \"b\"]",
                    "D - ORPHANED", "E - CREATED",
                ])
            #expect(
                try await fixture.services("estimated_duration_minutes::text") == [
                    "A 60", "B 90", "C 60", "D 60", "E 60",
                ])
            #expect(
                try await fixture.events.texts(
                    "SELECT line || ' ' || reason FROM sync_bad_rows ORDER BY line") == [
                        "6 wrong_column_count", "7 list_malformed",
                    ])
            #expect(
                try await fixture.events.texts(
                    "SELECT service_code || ' ' || origin || ' ' || (origin_ref ->> 'line') "
                        + "FROM review_items WHERE state = 'OPEN'") == ["C file 4"])

            let again = try await fixture.reconcile()
            #expect(
                try await fixture.figures(again)
                    == "PARTIAL_SUCCESS fetched=6 matched=4 drifted=1 held=1 orphaned=1 failed=2")
            #expect(try await fixture.events.count("SELECT count(*) FROM review_items") == 1)
        }
    }

    @Test("a file that says what the catalog has closes an older proposal")
    func overtakesProposal() async throws {
        try await RunFixture.with { (fixture: RunFixture) async throws in
            let text = RunFixture.header + "\n" + RunFixture.row("A") + "\n"
            try fixture.write("services.csv", text: text, at: "2025-01-15T03:00:00Z")
            _ = try await fixture.reconcile()
            try await fixture.events.apply([
                RunFixture.event("e1", "A", scope: #"["a"]"#, at: "2025-01-16T00:00:00Z")
            ])
            #expect(
                try await fixture.events.texts("SELECT state FROM review_items") == ["OPEN"])
            // Byte for byte the same again: by its digest the row would not be looked at.
            try fixture.write("services.csv", text: text, at: "2025-01-17T03:00:00Z")
            let id = try await fixture.reconcile()
            #expect(try await fixture.figures(id) == "SUCCESS fetched=1 matched=1")
            #expect(
                try await fixture.events.texts("SELECT state FROM review_items")
                    == ["SUPERSEDED"])
        }
    }

    @Test("an event newer than the file stands; one older that comes late is stale")
    func time() async throws {
        try await RunFixture.with { (fixture: RunFixture) async throws in
            try await fixture.events.apply([
                RunFixture.event("e1", "A"), RunFixture.event("e2", "B"),
                RunFixture.event("e3", "C", duration: 75, at: "2025-01-17T03:00:00Z"),
            ])
            try fixture.write([
                RunFixture.row("A"), RunFixture.row("B", duration: "90"), RunFixture.row("C"),
            ])
            let id = try await fixture.reconcile()
            #expect(
                try await fixture.figures(id)
                    == "PARTIAL_SUCCESS fetched=3 matched=3 drifted=1 updated=1 newer=1")
            // Older than the file, for a service that matched and for one that was corrected; and
            // newer than it.
            try await fixture.events.apply([
                RunFixture.event("l1", "A", duration: 10, at: "2025-01-16T00:00:00Z"),
                RunFixture.event("l2", "B", duration: 10, at: "2025-01-16T00:00:00Z"),
                RunFixture.event("l3", "A", duration: 20, at: "2025-01-18T00:00:00Z"),
            ])
            #expect(
                try await fixture.services("estimated_duration_minutes::text") == [
                    "A 20", "B 90", "C 75",
                ])
            #expect(
                try await fixture.events.log().suffix(3) == [
                    "l1 SKIPPED stale", "l2 SKIPPED stale", "l3 PROCESSED updated",
                ])
        }
    }

    @Test(
        "a file that lacks 40 % of the services stops before it changes anything, and goes on once accepted"
    )
    func asks() async throws {
        try await RunFixture.with { (fixture: RunFixture) async throws in
            try await fixture.events.apply(
                (10..<60).map { RunFixture.event("e\($0)", "S\($0)") })
            try fixture.write(
                (10..<40).map { RunFixture.row("S\($0)", duration: $0 == 10 ? "61" : "60") })
            let id = try await fixture.reconcile()
            #expect(
                try await fixture.figures(id)
                    == "AWAITING_DECISION fetched=30 matched=30 drifted=1 updated=1 orphaned=20")
            #expect(try await fixture.drift(id).isEmpty)
            #expect(
                try await fixture.events.texts(
                    "SELECT f ->> 'text' FROM sync_runs, jsonb_array_elements(findings) f") == [
                        "the file lacks 40 % of the active services (20 of 50)"
                    ])
            let second = try await fixture.events.operations().startRun(source: "ES")
            #expect(second.refused == 1)

            let accepted = try await fixture.events.operations().acceptRuns(
                [id], reason: "so be it")
            #expect(accepted.done == 1)
            try await fixture.settled(id)
            #expect(
                try await fixture.figures(id)
                    == "PARTIAL_SUCCESS fetched=30 matched=30 drifted=1 updated=1 orphaned=20")
            let late = try await fixture.events.operations("bob").abandonRuns([id], reason: "no")
            #expect(
                late.lines.map(\.message) == [
                    "ana has already accepted it; run \(id) is partial success"
                ])
        }
    }

    @Test("a dry run writes nothing but its own report")
    func dryRun() async throws {
        try await RunFixture.with { (fixture: RunFixture) async throws in
            try await fixture.events.apply([
                RunFixture.event("e1", "A"), RunFixture.event("e2", "B", scope: #"["a","b","c"]"#),
            ])
            let before = try await fixture.services(
                "row(s.*)::text".replacing("s.", with: "service_catalog."))
            try fixture.write([
                RunFixture.row("A", duration: "90"), RunFixture.row("B"), RunFixture.row("C"),
            ])
            let id = try await fixture.reconcile(dryRun: true)
            #expect(
                try await fixture.figures(id)
                    == "PARTIAL_SUCCESS fetched=3 matched=2 drifted=2 created=1 updated=1 held=1")
            #expect(try await fixture.drift(id).count == 3)
            #expect(
                try await fixture.services(
                    "row(s.*)::text".replacing("s.", with: "service_catalog."))
                    == before)
            #expect(try await fixture.events.count("SELECT count(*) FROM review_items") == 0)
            #expect(try await fixture.events.count("SELECT count(*) FROM file_marks") == 0)
        }
    }

    @Test("a revert restores what nobody has touched since, and says what it left")
    func revert() async throws {
        try await RunFixture.with { (fixture: RunFixture) async throws in
            try await fixture.events.apply([
                RunFixture.event("e1", "A"), RunFixture.event("e2", "B"),
                RunFixture.event("e3", "C", scope: #"["a","b","c"]"#),
            ])
            try fixture.write([
                RunFixture.row("A", duration: "90"), RunFixture.row("B", duration: "90"),
                RunFixture.row("C"), RunFixture.row("D"),
            ])
            let id = try await fixture.reconcile()
            try await fixture.events.apply([
                RunFixture.event("e4", "B", duration: 95, at: "2025-01-18T00:00:00Z")
            ])
            let report = try await fixture.events.operations().revertRun(id, reason: "wrong file")
            let reverting = try #require(Int64(report.lines[0].id), "\(report.lines[0].message)")
            try await fixture.settled(reverting)
            #expect(
                try await fixture.figures(reverting)
                    == "SUCCESS fetched=4 matched=4 drifted=3 updated=3 newer=1")
            #expect(
                try await fixture.services("estimated_duration_minutes::text") == [
                    "A 60", "B 95", "C 60",
                ])
            #expect(try await fixture.figures(id).hasPrefix("REVERTED"))
            #expect(
                try await fixture.events.texts("SELECT state FROM review_items") == ["SUPERSEDED"])
        }
    }

    @Test("a file that does not come in time fails the run with that reason")
    func late() async throws {
        try await RunFixture.with { (fixture: RunFixture) async throws in
            let id = try await fixture.reconcile("services_ES_20250117.csv")
            #expect(
                try await fixture.figures(id)
                    == "FAILED services_ES_20250117.csv did not come to \(fixture.folder) in time")
        }
    }

    @Test("what a person refused is not drift again, by file as little as by event")
    func rejected() async throws {
        try await RunFixture.with { (fixture: RunFixture) async throws in
            try await fixture.events.apply([
                RunFixture.event("e1", "A"),
                RunFixture.event("e2", "A", scope: #"["a"]"#, at: "2025-01-11T00:00:00Z"),
            ])
            let item = try await fixture.events.count("SELECT id FROM review_items")
            _ = try await fixture.events.operations().reject(
                [ReviewTarget(id: Int64(item), serviceRowVersion: nil)], reason: "keep")
            try fixture.write([RunFixture.row("A", scope: #""[""a""]""#)])
            let id = try await fixture.reconcile()
            #expect(
                try await fixture.figures(id) == "SUCCESS fetched=1 matched=1 rejected=1")
        }
    }
}
