import Testing

@testable import SyncEngine

@Suite("Runs that deprecate what the file lacks")
struct OrphanRunTests {
    private static let columns =
        "status || coalesce(' ' || to_char(effective_to AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') "
        + "|| ' ' || deprecated_reason, '')"

    /// Services `A` to `E`, of which `D` is in use.
    private static func fill(_ fixture: RunFixture) async throws {
        try await fixture.events.apply(
            ["A", "B", "C", "D", "E"].map { RunFixture.event("e\($0)", $0) })
        try await fixture.events.connection.script(
            """
            INSERT INTO service_order (service_id, status)
            SELECT id, s FROM service_catalog, unnest(ARRAY['SCHEDULED', 'COMPLETED']) s
            WHERE external_service_code = 'D';
            INSERT INTO service_order (service_id, status)
            SELECT id, 'COMPLETED' FROM service_catalog WHERE external_service_code = 'C'
            """)
    }

    @Test("deprecate it as of the file, and ask where active orders use it")
    func deprecate() async throws {
        try await RunFixture.with(deprecatesOrphans: true) { (fixture: RunFixture) in
            try await Self.fill(fixture)
            // An event newer than the file: E need not be in it.
            try await fixture.events.apply([
                RunFixture.event("e6", "E", duration: 75, at: "2025-01-17T03:00:00Z")
            ])
            try fixture.write([RunFixture.row("A")])
            let id = try await fixture.reconcile()
            #expect(
                try await fixture.figures(id)
                    == "PARTIAL_SUCCESS fetched=1 matched=1 orphaned=3 deprecated=2")
            let drift = try await fixture.drift(id)
            #expect(
                drift
                    == ["B", "C", "D"].flatMap { code in
                        [
                            "\(code) status ORPHANED ACTIVE > DEPRECATED",
                            "\(code) effective_to ORPHANED  > 2025-01-17T02:00:00.000000Z",
                            "\(code) deprecated_reason ORPHANED  > Missing in the daily file",
                        ]
                    })
            #expect(
                try await fixture.services(Self.columns) == [
                    "A ACTIVE", "B DEPRECATED 2025-01-17 02:00 Missing in the daily file",
                    "C DEPRECATED 2025-01-17 02:00 Missing in the daily file", "D ACTIVE",
                    "E ACTIVE",
                ])
            #expect(
                try await fixture.events.texts(
                    "SELECT service_code || ' ' || state || ' ' || array_to_string(reasons, ' ') "
                        + "|| ' ' || impact_active_orders || ' ' || (origin_ref ->> 'file') "
                        + "FROM review_items") == ["D OPEN deprecated_in_use 1 services.csv"])
            #expect(
                try await fixture.events.count(
                    "SELECT count(*) FROM sync_drift d JOIN review_items r ON r.id = d.review_id "
                        + "WHERE d.service_code = r.service_code") == 3)
            // What a late event from before the file says is stale.
            try await fixture.events.apply([
                RunFixture.event("l1", "B", duration: 10, at: "2025-01-16T00:00:00Z")
            ])
            #expect(try await fixture.events.log().last == "l1 SKIPPED stale")
        }
    }

    @Test("ask once, and no more once a person has refused")
    func refuse() async throws {
        try await RunFixture.with(deprecatesOrphans: true) { (fixture: RunFixture) in
            try await Self.fill(fixture)
            let rows = ["A", "B", "C", "E"].map { RunFixture.row($0) }
            try fixture.write(rows)
            _ = try await fixture.reconcile()
            try fixture.write(rows, at: "2025-01-18T02:00:00Z")
            let second = try await fixture.reconcile()
            #expect(
                try await fixture.figures(second)
                    == "PARTIAL_SUCCESS fetched=4 matched=4 orphaned=1")
            let items = try await fixture.events.texts("SELECT id::text FROM review_items")
            let item = try #require(Int64(items.first ?? ""))
            #expect(items.count == 1)

            _ = try await fixture.events.operations().reject(
                [ReviewTarget(id: item, serviceRowVersion: nil)], reason: "orders first")
            try fixture.write(rows, at: "2025-01-19T02:00:00Z")
            let third = try await fixture.reconcile()
            #expect(
                try await fixture.figures(third) == "SUCCESS fetched=4 matched=4 orphaned=1")
            #expect(try await fixture.drift(third) == ["D - ORPHANED"])
            #expect(try await fixture.events.count("SELECT count(*) FROM review_items") == 1)
        }
    }

    @Test("take it back where the next file, or an event, knows the service again")
    func returns() async throws {
        try await RunFixture.with(deprecatesOrphans: true) { (fixture: RunFixture) in
            try await Self.fill(fixture)
            try fixture.write(["A", "B", "C"].map { RunFixture.row($0) })
            _ = try await fixture.reconcile()
            // D still waits, E is deprecated.
            try fixture.write(
                ["A", "B", "C", "D", "E"].map { RunFixture.row($0) }, at: "2025-01-18T02:00:00Z")
            let id = try await fixture.reconcile()
            #expect(
                try await fixture.figures(id)
                    == "PARTIAL_SUCCESS fetched=5 matched=5 drifted=1 held=1")
            #expect(
                try await fixture.events.texts(
                    "SELECT service_code || ' ' || state || ' ' || array_to_string(reasons, ' ') "
                        + "FROM review_items ORDER BY id") == [
                        "D SUPERSEDED deprecated_in_use", "E OPEN returns_after_deprecation",
                    ])
            #expect(
                try await fixture.services("status").suffix(2) == ["D ACTIVE", "E DEPRECATED"])
        }
    }

    @Test("lay an event over the service, not over the deprecation that waits")
    func event() async throws {
        try await RunFixture.with(deprecatesOrphans: true) { (fixture: RunFixture) in
            try await Self.fill(fixture)
            try await fixture.events.connection.script(
                "UPDATE service_catalog SET effective_to = '2027-01-01Z'")
            try fixture.write(["A", "B", "C", "E"].map { RunFixture.row($0) })
            _ = try await fixture.reconcile()
            try await fixture.events.apply([
                RunFixture.event("late", "D", duration: 90, at: "2025-01-18T00:00:00Z")
            ])
            let log = try await fixture.events.log().last
            #expect(log == "late PROCESSED updated")
            #expect(
                try await fixture.events.texts(
                    "SELECT status || ' ' || estimated_duration_minutes || ' ' "
                        + "|| (effective_to = '2027-01-01Z') FROM service_catalog "
                        + "WHERE external_service_code = 'D'") == ["ACTIVE 90 true"])
            #expect(
                try await fixture.events.texts("SELECT state FROM review_items") == ["SUPERSEDED"])
        }
    }

    @Test("change nothing in a dry run, and nothing without being told to")
    func dryRun() async throws {
        try await RunFixture.with(deprecatesOrphans: true) { (fixture: RunFixture) in
            try await Self.fill(fixture)
            let before = try await fixture.services("row(service_catalog.*)::text")
            try fixture.write([RunFixture.row("A")])
            let id = try await fixture.reconcile(dryRun: true)
            #expect(
                try await fixture.figures(id)
                    == "PARTIAL_SUCCESS fetched=1 matched=1 orphaned=4 deprecated=3")
            #expect(try await fixture.drift(id).count == 12)
            #expect(try await fixture.services("row(service_catalog.*)::text") == before)
            #expect(try await fixture.events.count("SELECT count(*) FROM review_items") == 0)
        }
        try await RunFixture.with { (fixture: RunFixture) in
            try await Self.fill(fixture)
            try fixture.write([RunFixture.row("A")])
            let id = try await fixture.reconcile()
            #expect(
                try await fixture.figures(id) == "SUCCESS fetched=1 matched=1 orphaned=4")
            #expect(try await fixture.services("status").allSatisfy { $0.hasSuffix(" ACTIVE") })
        }
    }

    @Test(
        "list it only, where a bad row does not say which service it means, or the file breaks off",
        arguments: [("no,code,here", "failed=1"), (#"X,ES,"broken"#, "failed=1")])
    func uncertain(badRow: String, failed: String) async throws {
        try await RunFixture.with(deprecatesOrphans: true) { (fixture: RunFixture) in
            try await Self.fill(fixture)
            let row = badRow.hasPrefix("no") ? "," + badRow : badRow
            try fixture.write(
                "services.csv",
                text: [RunFixture.header, RunFixture.row("A"), row].joined(separator: "\n"),
                at: "2025-01-17T02:00:00Z")
            var id = try await fixture.reconcile()
            if try await fixture.figures(id).hasPrefix("AWAITING") {
                _ = try await fixture.events.operations().acceptRuns([id], reason: "so be it")
                try await fixture.settled(id)
            }
            #expect(
                try await fixture.figures(id)
                    == "PARTIAL_SUCCESS fetched=2 matched=1 orphaned=4 \(failed)")
            #expect(try await fixture.services("status").allSatisfy { $0.hasSuffix(" ACTIVE") })
            // A bad row that names its service is certain.
            try fixture.write([RunFixture.row("A"), "B,ES"])
            id = try await fixture.reconcile()
            #expect(
                try await fixture.figures(id)
                    == "PARTIAL_SUCCESS fetched=2 matched=1 orphaned=3 deprecated=2 failed=1")
            #expect(try await fixture.services("status").prefix(2) == ["A ACTIVE", "B ACTIVE"])
        }
    }

    @Test("give it back when they are reverted, but not what somebody has touched since")
    func revert() async throws {
        try await RunFixture.with(deprecatesOrphans: true) { (fixture: RunFixture) in
            try await Self.fill(fixture)
            try fixture.write([RunFixture.row("A")])
            let id = try await fixture.reconcile()
            try await fixture.events.apply([
                Events.event(
                    "d1", "deprecated", "C", at: "2025-01-18T00:00:00Z", #""reason":"gone""#)
            ])
            let report = try await fixture.events.operations().revertRun(id, reason: "wrong file")
            let reverting = try #require(Int64(report.lines[0].id), "\(report.lines[0].message)")
            try await fixture.settled(reverting)
            #expect(
                try await fixture.figures(reverting)
                    == "SUCCESS fetched=4 matched=4 drifted=3 updated=3 newer=1")
            #expect(
                try await fixture.services("status") == [
                    "A ACTIVE", "B ACTIVE", "C DEPRECATED", "D ACTIVE", "E ACTIVE",
                ])
            #expect(
                try await fixture.events.count(
                    "SELECT count(*) FROM service_catalog WHERE external_service_code <> 'C' AND "
                        + "(effective_to IS NOT NULL OR deprecated_reason IS NOT NULL)") == 0)
            #expect(
                try await fixture.events.texts("SELECT state FROM review_items") == ["SUPERSEDED"])
        }
    }

    @Test("ask first where it is more than the limit, and go on where they were taken up")
    func limit() async throws {
        let limits = RunLimits(orphanPercent: 30, fromRows: 20)
        try await RunFixture.with(limits: limits, deprecatesOrphans: true) {
            (fixture: RunFixture) in
            try await fixture.events.apply((10..<60).map { RunFixture.event("e\($0)", "S\($0)") })
            try fixture.write((10..<40).map { RunFixture.row("S\($0)") })
            let id = try await fixture.reconcile()
            #expect(
                try await fixture.figures(id)
                    == "AWAITING_DECISION fetched=30 matched=30 orphaned=20")
            #expect(try await fixture.services("status").allSatisfy { $0.hasSuffix(" ACTIVE") })
            _ = try await fixture.events.operations().acceptRuns([id], reason: "so be it")
            try await fixture.settled(id)
            let ended = "PARTIAL_SUCCESS fetched=30 matched=30 orphaned=20 deprecated=20"
            #expect(try await fixture.figures(id) == ended)
            #expect(
                try await fixture.events.count(
                    "SELECT count(*) FROM service_catalog WHERE status = 'DEPRECATED'") == 20)

            // As if its engine had died before it closed it, and before its last five.
            try await fixture.events.connection.script(
                """
                UPDATE service_catalog SET status = 'ACTIVE', effective_to = NULL,
                    deprecated_reason = NULL, row_version = 1
                WHERE external_service_code >= 'S55';
                UPDATE entity_stream SET newest_decided_at = '2025-01-10Z'
                WHERE entity_id >= 'S55';
                DELETE FROM sync_drift WHERE run_id = \(id) AND service_code >= 'S55';
                UPDATE sync_runs SET state = 'RUNNING', completed_at = NULL,
                    orphaned = 0, deprecated = 0, lease_engine_id = 99, lease_expires_at = now()
                WHERE id = \(id)
                """)
            try await fixture.settled(id)
            #expect(try await fixture.figures(id) == ended)
            #expect(
                try await fixture.events.count(
                    "SELECT count(*) FROM sync_drift WHERE run_id = \(id)") == 60)
        }
    }
}
