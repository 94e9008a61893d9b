import Foundation
import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("A comparison with an agent in which much is wrong", .timeLimit(.minutes(5)))
struct AgentMassTests {
    private static func units(_ count: Int, _ unit: (Int) -> String) -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: (0..<count).map { (AgentRunTests.sku($0), unit($0)) })
    }

    /// Alerts over what was told, as the leader makes them.
    private static func alerts(_ fixture: AgentRunFixture) async throws -> [String] {
        let clock = MovedClock()
        let alerting = AlertFixture(
            database: fixture.events.database, connection: fixture.events.connection,
            term: try await AlertFixture.lead(1, fixture.events.connection), clock: clock)
        let settings = try alerting.settings()
        try await alerting.evaluate(settings)
        return try await alerting.alerts().filter { $0.hasPrefix("reconciliation") }
    }

    @Test(
        "a vendor with 5,000 unmapped units is told once, each code listed, nothing looked for twice"
    )
    func unmappedUnits() async throws {
        try await AgentRunFixture.with(theirs: AgentRunTests.items(5_010)) { fixture in
            fixture.agent.set(units: Self.units(5_000) { "UNIT-\($0)" })
            for run in 1...2 {
                let id = try await fixture.start()
                #expect(try await fixture.rests(id) == "PARTIAL_SUCCESS")
                #expect(try await fixture.error(id) == "")
                let counts = try await fixture.events.texts(
                    "SELECT concat_ws(' ', failed, bad_rows, created) FROM sync_runs "
                        + "WHERE id = \(id)")
                #expect(counts == ["5000 5000 \(run == 1 ? 10 : 0)"])
                let bad = try await fixture.events.count(
                    "SELECT count(DISTINCT service_code) FROM sync_bad_rows "
                        + "WHERE run_id = \(id) AND reason = 'unmapped_unit'")
                #expect(bad == 5_000)
            }
            // As ingest does it: a person finds each code in one list, with how many items want it.
            let codes = try await fixture.events.texts(
                "SELECT concat_ws(' ', mapping_type, count(*), min(count), max(count)) "
                    + "FROM erp_unmapped_codes GROUP BY mapping_type")
            #expect(codes == ["unit 5000 2 2"])
            // All, eleven pages, all again; the second time in narrower steps.
            #expect(fixture.agent.questions.count { $0 == "/sync/items" } <= 2 * 11 + 2)
            #expect(
                try await Self.alerts(fixture) == ["reconciliation_drift agent vendor-a firing"])
            // Mapped once, taken at the next comparison.
            try await fixture.events.run(
                "INSERT INTO erp_code_mappings (vendor_id, mapping_type, erp_code, resto_code, "
                    + "resto_label) SELECT 'vendor-a', 'unit', erp_code, 'piece', 'Piece' "
                    + "FROM erp_unmapped_codes")
            #expect(try await fixture.compare() == "PARTIAL_SUCCESS")
            #expect(try await fixture.ours().count == 5_010)
            let left = try await fixture.events.count("SELECT count(*) FROM erp_unmapped_codes")
            #expect(left == 0)
            #expect(try await fixture.compare() == "SUCCESS")
        }
    }

    @Test("with more than 10,000 that cannot be taken it says so, and keeps 10,000 of them")
    func moreThanAreKept() async throws {
        try await AgentRunFixture.with(
            ours: ["AAA": "1"], theirs: AgentRunTests.items(10_600)
        ) { fixture in
            fixture.agent.set("AAA", "2")
            fixture.agent.set(units: Self.units(10_600) { _ in "BOX" })
            let id = try await fixture.start()
            #expect(try await fixture.rests(id) == "PARTIAL_SUCCESS")
            let error = try await fixture.error(id)
            #expect(error.hasPrefix("10600 items cannot be taken"), "\(error)")
            let kept = try await fixture.events.count("SELECT count(*) FROM sync_bad_rows")
            #expect(kept == 10_000)
            let counts = try await fixture.events.texts(
                "SELECT concat_ws(' ', failed, bad_rows, updated) FROM sync_runs")
            #expect(counts == ["10600 10600 1"])
            let codes = try await fixture.events.texts(
                "SELECT concat_ws(' ', erp_code, count) FROM erp_unmapped_codes")
            #expect(codes == ["BOX 10600"])
            #expect(try await fixture.ours() == ["AAA 2"])
        }
    }

    @Test("more than 10,000 drifted items are corrected in one run, and told once")
    func manyDrifted() async throws {
        try await AgentRunFixture.with(
            ours: AgentRunTests.items(12_000), theirs: AgentRunTests.items(12_000, hash: "other")
        ) { fixture in
            #expect(try await fixture.compare() == "PARTIAL_SUCCESS")
            #expect(try await fixture.ours() == fixture.agent.listed)
            #expect(try await fixture.saidTwice().isEmpty)
            let counts = try await fixture.events.texts(
                "SELECT concat_ws(' ', fetched, matched, drifted, updated, failed) FROM sync_runs")
            #expect(counts == ["12000 12000 12000 12000 0"])
            let told = try await fixture.events.texts(
                "SELECT title FROM notices WHERE kind = 'reconciliation_drift'")
            #expect(
                told == [
                    "run 1 found 12000 items of vendor-a that differ from its agent's"
                ])
            #expect(
                try await Self.alerts(fixture) == ["reconciliation_drift agent vendor-a firing"])
            #expect(try await fixture.compare() == "SUCCESS")
            #expect(
                try await Self.alerts(fixture) == ["reconciliation_drift agent vendor-a firing"])
        }
    }
}
