import Foundation
import Postgres
import Probes
import Synchronization
import TestSupport
import Testing

@testable import SyncEngine

@Suite("A comparison with an agent", .timeLimit(.minutes(5)))
struct AgentRunTests {
    static func items(_ count: Int, hash: String = "h") -> [String: String] {
        Dictionary(uniqueKeysWithValues: (0..<count).map { (Self.sku($0), "\(hash)\($0)") })
    }

    static func sku(_ number: Int) -> String {
        let digits = String(number)
        return "SKU-" + String(repeating: "0", count: 6 - digits.count) + digits
    }

    @Test("asks once where both sides are equal")
    func equal() async throws {
        let items = Self.items(300)
        try await AgentRunFixture.with(ours: items, theirs: items) { fixture in
            let state = try await fixture.compare()
            #expect(state == "SUCCESS")
            #expect(fixture.agent.questions == ["/sync/checksum"])
            #expect(try await fixture.eventTypes() == ["full_checksum"])
            let said = try await fixture.events.texts(
                "SELECT summary ->> 'equal' || ' ' || (summary -> 'ours' ->> 'count') "
                    + "FROM reconciliation_events")
            #expect(said == ["true 300"])
            let counts = try await fixture.events.texts(
                "SELECT concat_ws(' ', fetched, matched, drifted) FROM sync_runs")
            #expect(counts == ["300 300 0"])
        }
    }

    @Test("finds every kind of drift among 100,000 items, and takes the ERP's side")
    func everyKind() async throws {
        let ours = Self.items(100_000)
        var theirs = ours
        theirs[Self.sku(0)] = "first"
        theirs[Self.sku(99_999)] = "last"
        theirs[Self.sku(50_000)] = "at-an-edge"
        theirs[Self.sku(49_999)] = "before-it"
        theirs[Self.sku(31_234)] = nil
        theirs["SKU-031234a"] = "new"
        theirs["SKU"] = "before-all"
        theirs["ZZZ"] = "behind-all"
        for number in 70_000..<70_003 { theirs[Self.sku(number)] = nil }
        try await AgentRunFixture.with(ours: ours, theirs: theirs) { fixture in
            let state = try await fixture.compare()
            #expect(state == "PARTIAL_SUCCESS")
            #expect(try await fixture.ours() == fixture.agent.listed)
            #expect(
                try await fixture.drift() == [
                    "SKU CREATED", "SKU-000000 CORRECTED", "SKU-031234 ORPHANED",
                    "SKU-031234a CREATED", "SKU-049999 CORRECTED", "SKU-050000 CORRECTED",
                    "SKU-070000 ORPHANED", "SKU-070001 ORPHANED", "SKU-070002 ORPHANED",
                    "SKU-099999 CORRECTED", "ZZZ CREATED",
                ])
            // All, two steps, a third for pieces that have one item more there, the items, whether what
            // they lack is gone, all again.
            #expect(
                fixture.agent.questions == [
                    "/sync/checksum", "/sync/checksum", "/sync/checksum", "/sync/checksum",
                    "/sync/items", "/sync/checksum", "/sync/checksum",
                ])
            #expect(
                try await fixture.eventTypes() == [
                    "full_checksum", "drift_detected", "drift_resolved",
                ])
            let counts = try await fixture.events.texts(
                "SELECT concat_ws(' ', fetched, matched, drifted, created, orphaned, failed) "
                    + "FROM sync_runs")
            #expect(counts == ["99999 99996 4 3 4 0"])
            // Who has ended goes on from nowhere.
            let kept = try await fixture.events.count(
                "SELECT count(*) FROM sync_runs WHERE checkpoint IS NOT NULL")
            #expect(kept == 0)
        }
    }

    @Test("keeps before and after of each field, and of what came and went")
    func fields() async throws {
        try await AgentRunFixture.with(
            ours: ["A": "1", "B": "1"], theirs: ["A": "2", "C": "1"]
        ) { fixture in
            let state = try await fixture.compare()
            #expect(state == "PARTIAL_SUCCESS")
            let rows = try await fixture.events.texts(
                "SELECT concat_ws(' ', service_code, coalesce(field, '-'), before #>> '{}', "
                    + "after #>> '{}', row_version) FROM sync_drift WHERE service_code = 'A' "
                    + "ORDER BY field")
            #expect(rows == ["A currency EUR 2", "A unit_price 12.5000 2"])
            let whole = try await fixture.events.texts(
                "SELECT concat_ws(' ', service_code, before ->> 'name', after ->> 'name') "
                    + "FROM sync_drift WHERE field IS NULL ORDER BY service_code")
            #expect(whole == ["B Item B", "C Item C"])
        }
    }

    @Test("compares skus byte by byte")
    func bytes() async throws {
        try await AgentRunFixture.with { fixture in
            let skus = [
                "!", "A", "a", "É", "E\u{301}", "é", "e\u{301}", "Ã", "日本", "🔩", "🔩-1",
                "tab-less ~", "\u{10FFFF}",
            ]
            for (number, sku) in skus.enumerated() {
                try await fixture.put([sku: "h"])
                fixture.agent.set(sku, number % 3 == 0 ? "other" : "h")
            }
            fixture.agent.set("é", nil)
            fixture.agent.set("🔩-0", "new")
            let state = try await fixture.compare()
            #expect(state == "PARTIAL_SUCCESS")
            #expect(try await fixture.ours() == fixture.agent.listed)
            let removed = try await fixture.events.texts(
                "SELECT sku FROM items WHERE removed_at IS NOT NULL")
            #expect(removed.map { Sku($0) } == [Sku("é")])
        }
    }

    @Test("takes over a whole stock that we do not have, a page at a time")
    func nothingHere() async throws {
        let theirs = Self.items(2_345)
        try await AgentRunFixture.with(theirs: theirs) { fixture in
            let state = try await fixture.compare()
            #expect(state == "PARTIAL_SUCCESS")
            #expect(try await fixture.ours() == fixture.agent.listed)
            #expect(fixture.agent.questions.count { $0 == "/sync/items" } == 5)
            #expect(try await fixture.saidTwice().isEmpty)
        }
    }

    @Test("ends where every item differs")
    func everythingDiffers() async throws {
        try await AgentRunFixture.with(
            ours: Self.items(3_000), theirs: Self.items(3_000, hash: "other")
        ) { fixture in
            let state = try await fixture.compare()
            #expect(state == "PARTIAL_SUCCESS")
            #expect(try await fixture.ours() == fixture.agent.listed)
            #expect(fixture.agent.questions.count <= 20)
            #expect(try await fixture.saidTwice().isEmpty)
        }
    }

    @Test("asks a person before it removes a large part, and goes on when told to")
    func asksFirst() async throws {
        try await AgentRunFixture.with(ours: Self.items(200)) { fixture in
            let id = try await fixture.start()
            #expect(try await fixture.rests(id) == "AWAITING_DECISION")
            #expect(try await fixture.ours().count == 200)
            let operations = fixture.operations()
            let previous = try await operations.useFileBefore([id], reason: "why not")
            #expect(previous.lines.first?.result == .refused)
            let accepted = try await operations.acceptRuns([id], reason: "the shop is closed")
            #expect(accepted.lines.first?.result == .done)
            await operations.close()
            #expect(try await fixture.rests(id) == "PARTIAL_SUCCESS")
            #expect(try await fixture.ours().isEmpty)
            // An item that comes back is one that we create.
            fixture.agent.set(Self.sku(7), "back")
            try await fixture.compare()
            #expect(try await fixture.ours() == ["SKU-000007 back"])
        }
    }

    @Test("asks too where the agent has as many items, but others")
    func asksOnTheWay() async throws {
        var theirs: [String: String] = [:]
        for number in 0..<200 {
            theirs[number < 100 ? Self.sku(number) : "X\(number)"] = "h\(number)"
        }
        try await AgentRunFixture.with(ours: Self.items(200), theirs: theirs) { fixture in
            let id = try await fixture.start()
            #expect(try await fixture.rests(id) == "AWAITING_DECISION")
            let removed = try await fixture.events.count(
                "SELECT count(*) FROM items WHERE removed_at IS NOT NULL")
            #expect(removed <= 60)
            let operations = fixture.operations()
            _ = try await operations.acceptRuns([id], reason: "new numbers")
            await operations.close()
            #expect(try await fixture.rests(id) == "PARTIAL_SUCCESS")
            #expect(try await fixture.ours() == fixture.agent.listed)
        }
    }

    @Test("counts and keeps what has no mapping, and does not look for it twice")
    func unmapped() async throws {
        var theirs = Self.items(500)
        theirs[Self.sku(13)] = "changed"
        try await AgentRunFixture.with(ours: Self.items(500), theirs: theirs) { fixture in
            fixture.agent.set(Self.sku(100), "odd", unit: "UNKNOWN")
            fixture.agent.set("SKU-NEW", "odd-too", unit: "UNKNOWN")
            let id = try await fixture.start()
            #expect(try await fixture.rests(id) == "PARTIAL_SUCCESS")
            #expect(try await fixture.error(id) == "")
            let bad = try await fixture.events.texts(
                "SELECT concat_ws(' ', service_code, reason, message) FROM sync_bad_rows "
                    + "ORDER BY service_code")
            #expect(
                bad == [
                    "SKU-000100 unmapped_unit unmapped_unit: UNKNOWN",
                    "SKU-NEW unmapped_unit unmapped_unit: UNKNOWN",
                ])
            let counts = try await fixture.events.texts(
                "SELECT concat_ws(' ', failed, bad_rows, updated, created) FROM sync_runs")
            #expect(counts == ["2 2 1 0"])
            // The last question was about all, with what cannot be taken left out of account.
            #expect(fixture.agent.questions.last == "/sync/checksum")
            #expect(fixture.agent.questions.count == 5)
        }
    }

    @Test("a dry run says what it would do, and does nothing")
    func dryRun() async throws {
        try await AgentRunFixture.with(
            ours: ["A": "1", "B": "1", "C": "1"], theirs: ["A": "2", "B": "1", "D": "1"]
        ) { fixture in
            let state = try await fixture.compare(dryRun: true)
            #expect(state == "PARTIAL_SUCCESS")
            #expect(try await fixture.ours() == ["A 1", "B 1", "C 1"])
            #expect(
                try await fixture.drift() == ["A CORRECTED", "C ORPHANED", "D CREATED"])
            #expect(try await fixture.eventTypes() == ["full_checksum", "drift_detected"])
        }
    }

    @Test("leaves alone what was ingested after the agent had answered")
    func ingestedMeanwhile() async throws {
        try await AgentRunFixture.with(
            ours: ["A": "1", "B": "1"], theirs: ["A": "2"]
        ) { fixture in
            // The items, and with them what the agent said, come later than the ingest.
            let id = try await fixture.start(whileHeld: {
                try await fixture.put(["A": "3", "B": "2", "C": "9"], at: "2026-03-01T00:00:00Z")
                fixture.agent.set("B", "2")
                fixture.agent.set("C", "9")
            })
            try await fixture.rests(id)
            // The next comparison in the same run finds that the ERP does not know of A's newer state.
            #expect(try await fixture.drift() == ["A CORRECTED", "A NEWER"])
            #expect(try await fixture.ours() == ["A 2", "B 2", "C 9"])
        }
    }

    @Test("an agent whose checksums never agree with its items is found out")
    func liar() async throws {
        try await AgentRunFixture.with(
            ours: Self.items(300), theirs: Self.items(300)
        ) { fixture in
            fixture.agent.lie()
            let id = try await fixture.start()
            #expect(try await fixture.rests(id) == "PARTIAL_SUCCESS")
            #expect(try await fixture.error(id).hasPrefix("after 3 comparisons"))
            #expect(try await fixture.drift().isEmpty)
            #expect(fixture.agent.questions.count <= 20)
        }
    }

    @Test("is not asked for twice, and is not reverted")
    func refusals() async throws {
        try await AgentRunFixture.with(
            ours: ["A": "1"], theirs: ["A": "2"], hasWorker: false
        ) { fixture in
            let id = try await fixture.start()
            let operations = fixture.operations()
            let again = try await operations.startAgentRun(vendor: AgentRunFixture.vendor)
            #expect(
                again.lines.first?.message
                    == "vendor-a has a run already: run \(id) of it is waiting")
            let stranger = try await operations.startAgentRun(vendor: "nobody")
            #expect(stranger.lines.first?.message == "no agent of nobody is registered")
            try await fixture.withWorker(engine: 1) { _ = try await fixture.rests(id) }
            let revert = try await operations.revertRun(id, reason: "no")
            #expect(revert.lines.first?.result == .refused)
            #expect(revert.lines.first?.message.contains("correct it in the ERP") == true)
            await operations.close()
        }
    }
}
