import Foundation
import Postgres
import Probes
import Synchronization
import TestSupport
import Testing

@testable import SyncEngine

@Suite("An agent that is not to be believed", .timeLimit(.minutes(5)))
struct AgentDoubtTests {
    private static func impatient(_ settings: inout AgentReconciliationSettings) {
        settings.patience = .seconds(2)
    }

    /// 60 items here; the agent has changed one and lacks another.
    private static let ours = AgentRunTests.items(60)
    private static let theirs: [String: String] = {
        var theirs = ours
        theirs[AgentRunTests.sku(20)] = "changed"
        theirs[AgentRunTests.sku(40)] = nil
        return theirs
    }()

    /// An answer of items with none of them, or only with the first.
    private static func cut(_ request: StubRequest, keeping kept: Int) -> StubReply? {
        guard request.path == "/sync/items" else { return nil }
        let body = (try? JSONDocument(request.body))?.root
        let ranges = (body?["ranges"]).map { Array($0.elements) } ?? []
        let from = ranges.first?["from"]?.string
        let items = (0..<kept).map { _ in
            StubAgent.item(from ?? AgentRunTests.sku(0), ours[from ?? ""] ?? "h0")
        }
        return StubReply(
            200, json: JSONWriter.text(["items": .array(items), "more": false]))
    }

    @Test(
        "an answer that was cut short removes nothing, and is asked for again", arguments: [0, 1])
    func cutShort(kept: Int) async throws {
        try await AgentRunFixture.with(ours: Self.ours, theirs: Self.theirs) { fixture in
            let cuts = Mutex(0)
            fixture.agent.trick { _, request in
                guard request.path == "/sync/items", cuts.withLock({ $0 }) < 3 else { return nil }
                cuts.withLock { $0 += 1 }
                return Self.cut(request, keeping: kept)
            }
            let state = try await fixture.compare()
            #expect(state == "PARTIAL_SUCCESS")
            #expect(try await fixture.ours() == fixture.agent.listed)
            #expect(
                try await fixture.drift() == ["SKU-000020 CORRECTED", "SKU-000040 ORPHANED"])
        }
    }

    @Test(
        "one that goes on leaving out what its checksums count fails the run, and nothing is lost")
    func cutForEver() async throws {
        try await AgentRunFixture.with(
            ours: Self.ours, theirs: Self.theirs, settings: Self.impatient
        ) { fixture in
            fixture.agent.trick { _, request in Self.cut(request, keeping: 0) }
            let id = try await fixture.start()
            #expect(try await fixture.rests(id) == "FAILED")
            let error = try await fixture.error(id)
            #expect(
                error.hasPrefix("the agent left out items that its checksums still count"),
                "\(error)")
            #expect(try await fixture.ours().count == 60)
            #expect(try await fixture.drift().isEmpty)
        }
    }

    @Test("one that never comes to an end is left after the longest time that a run may take")
    func endless() async throws {
        func brief(_ settings: inout AgentReconciliationSettings) {
            settings.longest = .seconds(10)
        }
        let digest = String(repeating: "ab", count: 32)
        try await AgentRunFixture.with(settings: brief) { fixture in
            fixture.agent.trick { _, request in
                if request.path == "/sync/checksum" {
                    return StubReply(
                        200, json: #"{"ranges":[{"count":1000000000,"checksum":"\#(digest)"}]}"#)
                }
                let after = (try? JSONDocument(request.body))?.root["after"]?.string ?? "A0000000"
                let last = Int(after.dropFirst()) ?? 0
                let items = (last + 1...last + 3).map { number in
                    let digits = String(number)
                    return StubAgent.item(
                        "A" + String(repeating: "0", count: 7 - digits.count) + digits, "h")
                }
                return StubReply(
                    200, json: JSONWriter.text(["items": .array(items), "more": true]))
            }
            let id = try await fixture.start()
            #expect(try await fixture.rests(id) == "FAILED")
            let error = try await fixture.error(id)
            #expect(error.hasPrefix("it has not come to its end"), "\(error)")
            // What was taken over stays, and is what the run says.
            let created = try await fixture.events.count("SELECT created FROM sync_runs")
            #expect(created > 0)
            #expect(try await fixture.ours().count == created)
        }
    }

    @Test("a content hash that no column can hold costs that item alone")
    func unstorableHash() async throws {
        try await AgentRunFixture.with(theirs: ["A": "1", "B": "2"]) { fixture in
            fixture.agent.set("BAD", "x\u{0}y")
            fixture.agent.set("LONG", String(repeating: "z", count: 5_000))
            let id = try await fixture.start()
            #expect(try await fixture.rests(id) == "PARTIAL_SUCCESS")
            #expect(try await fixture.ours() == ["A 1", "B 2"])
            let bad = try await fixture.events.texts(
                "SELECT DISTINCT service_code || ' ' || reason AS line FROM sync_bad_rows "
                    + "ORDER BY line")
            #expect(bad == ["BAD invalid_contentHash", "LONG invalid_contentHash"])
        }
    }

    @Test("a sku that is too long costs that item alone, and one beyond measure is no answer")
    func longSkus() async throws {
        let long = String(repeating: "L", count: 101)
        try await AgentRunFixture.with(theirs: ["A": "1", long: "2"]) { fixture in
            let id = try await fixture.start()
            #expect(try await fixture.rests(id) == "PARTIAL_SUCCESS")
            #expect(try await fixture.error(id) == "")
            #expect(try await fixture.ours() == ["A 1"])
        }
        // More than a place in the snapshot has room for.
        let endless = String(repeating: "L", count: 66_000)
        try await AgentRunFixture.with(
            theirs: ["A": "1", endless: "2"], settings: Self.impatient
        ) { fixture in
            let id = try await fixture.start()
            #expect(try await fixture.rests(id) == "FAILED")
            #expect(try await fixture.error(id).contains("longer than 1000 bytes"))
        }
    }

    /// Lets `change` happen at the agent before the second comparison of all items.
    private static func beforeSecondComparison(
        _ agent: StubAgent, _ change: @escaping @Sendable () -> Void
    ) {
        let seen = Mutex(0)
        agent.trick { _, request in
            let isAll =
                request.path == "/sync/checksum"
                && String(decoding: request.body, as: UTF8.self)
                    == #"{"ranges":[{"from":null,"to":null}]}"#
            let number = seen.withLock { seen in
                if isAll { seen += 1 }
                return seen
            }
            if isAll, number == 2 { change() }
            return nil
        }
    }

    @Test(
        "what could not be taken, and is mended or gone at the agent meanwhile, is settled at once")
    func mendedMeanwhile() async throws {
        try await AgentRunFixture.with(
            ours: ["A": "1", "B": "1", "C": "1"], theirs: ["A": "1"]
        ) { fixture in
            let agent = fixture.agent
            for sku in ["B", "C", "D", "E"] { agent.set(sku, "odd", unit: "UNKNOWN") }
            Self.beforeSecondComparison(agent) {
                agent.set("B", "2")
                agent.set("C", nil)
                agent.set("D", "2")
                agent.set("E", nil)
            }
            let id = try await fixture.start()
            #expect(try await fixture.rests(id) == "PARTIAL_SUCCESS")
            #expect(try await fixture.error(id) == "")
            #expect(try await fixture.ours() == ["A 1", "B 2", "D 2"])
            #expect(
                try await fixture.drift() == ["B CORRECTED", "C ORPHANED", "D CREATED"])
        }
    }

    @Test(
        "what it said of an hour before ours was ingested undoes nothing, whatever its clock says")
    func clockSkew() async throws {
        try await AgentRunFixture.with(
            ours: ["A": "1", "B": "1"], theirs: ["A": "2", "B": "2"]
        ) { fixture in
            let id = try await fixture.start(whileHeld: {
                // The same second as the agent's answer has: which of the two is newer, nobody can tell.
                try await fixture.put(["A": "3"], at: "2026-02-01T00:00:00Z")
                fixture.agent.set("A", "3")
            })
            try await fixture.rests(id)
            #expect(try await fixture.ours() == ["A 3", "B 2"])
            let said = try await fixture.drift()
            #expect(!said.contains("A CORRECTED"), "\(said)")
        }
    }

    @Test("one whose clock is an hour ahead is not believed, and one whose clock is behind is")
    func skewedClocks() async throws {
        for (hours, word) in [(1.0, "timestamp_in_future"), (-1.0, "")] {
            try await AgentRunFixture.with(ours: ["A": "1", "B": "1"]) { fixture in
                let time = Date(timeIntervalSinceNow: hours * 3_600).ISO8601Format()
                try await fixture.put(["A": "1"], at: Date().ISO8601Format())
                fixture.agent.set("A", "2")
                fixture.agent.set("B", "1")
                fixture.agent.trick { _, request in
                    guard request.path == "/sync/items" else { return nil }
                    return StubReply(
                        200,
                        json: JSONWriter.text([
                            "items": [
                                StubAgent.item("A", "2", at: time),
                                StubAgent.item("B", "1", at: time),
                            ], "more": false,
                        ]))
                }
                let id = try await fixture.start()
                #expect(try await fixture.rests(id) == "PARTIAL_SUCCESS")
                #expect(try await fixture.error(id) == "")
                #expect(try await fixture.ours() == [hours > 0 ? "A 1" : "A 2", "B 1"])
                let reasons = try await fixture.events.texts(
                    "SELECT reason FROM sync_bad_rows")
                #expect(reasons == (word.isEmpty ? [] : [word]))
            }
        }
    }
}
