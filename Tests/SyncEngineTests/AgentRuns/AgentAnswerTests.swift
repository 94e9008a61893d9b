import Probes
import Testing

@testable import SyncEngine

@Suite("Answers of agents")
struct AgentAnswerTests {
    private static let digest = String(repeating: "ab", count: 32)

    private static func sums(_ text: String, count: Int = 1) throws -> [RangeSum] {
        try ChecksumAnswer.sums(try JSONDocument(text: text), count: count)
    }

    @Test("sums are read, in capitals too")
    func sums() throws {
        let text = #"{"ranges":[{"count":3,"checksum":"\#(Self.digest.uppercased())"}]}"#
        #expect(try Self.sums(text) == [RangeSum(count: 3, checksum: Self.digest)])
    }

    @Test(
        "what cannot be sums is refused",
        arguments: [
            #"{}"#, #"[]"#, #"{"ranges":{}}"#, #"{"ranges":[]}"#, #"{"ranges":[{}]}"#,
            #"{"ranges":[{"count":1,"checksum":"abc"}]}"#,
            #"{"ranges":[{"count":-1,"checksum":"DIGEST"}]}"#,
            #"{"ranges":[{"count":1.5,"checksum":"DIGEST"}]}"#,
            #"{"ranges":[{"count":1,"checksum":null}]}"#,
            #"{"ranges":[{"count":0,"checksum":"DIGEST"}]}"#,
            #"{"ranges":[{"count":1,"checksum":"DIGEST"},{"count":1,"checksum":"DIGEST"}]}"#,
        ])
    func badSums(text: String) {
        #expect(throws: AgentGarbage.self) {
            try Self.sums(text.replacing("DIGEST", with: Self.digest))
        }
    }

    private static func items(_ text: String, after: String? = nil) throws -> ItemsAnswer {
        try ItemsAnswer(
            try JSONDocument(text: text),
            ranges: [
                SkuRange(from: nil, to: Sku("C")), SkuRange(from: Sku("M"), to: Sku("P")),
            ], after: after.map { Sku($0) }, limit: 3)
    }

    @Test("items are read in the order of their bytes")
    func items() throws {
        let answer = try Self.items(
            #"{"items":[{"sku":"A"},{"sku":"B"},{"sku":"N"}],"more":true}"#)
        #expect(answer.items.map(\.sku.text) == ["A", "B", "N"])
        #expect(answer.hasMore)
        #expect(try Self.items(#"{"items":[],"more":false}"#).items.isEmpty)
    }

    @Test(
        "what leads nowhere is refused",
        arguments: [
            #"{"items":[]}"#, #"{"items":[],"more":true}"#, #"{"items":{},"more":false}"#,
            #"{"items":[{}],"more":false}"#, #"{"items":[{"sku":7}],"more":false}"#,
            #"{"items":[{"sku":""}],"more":false}"#,
            #"{"items":[{"sku":"A\u0000"}],"more":false}"#,
            #"{"items":[{"sku":"B"},{"sku":"A"}],"more":false}"#,
            #"{"items":[{"sku":"A"},{"sku":"A"}],"more":false}"#,
            #"{"items":[{"sku":"C"}],"more":false}"#, #"{"items":[{"sku":"P"}],"more":false}"#,
            #"{"items":[{"sku":"A"},{"sku":"B"},{"sku":"M"},{"sku":"N"}],"more":false}"#,
        ])
    func badItems(text: String) {
        #expect(throws: AgentGarbage.self) { try Self.items(text) }
    }

    @Test("an item that is not behind what was asked for is refused")
    func notBehind() {
        #expect(throws: AgentGarbage.self) {
            try Self.items(#"{"items":[{"sku":"A"}],"more":false}"#, after: "A")
        }
    }

    @Test("a checkpoint reads back as it was written")
    func checkpoint() throws {
        var state = AgentCheckpoint()
        state.pass = 2
        state.ours = 30
        state.theirs = 31
        state.failures = 1
        state.traffic.requests = 4
        state.traffic.bytesReceived = 77
        state.counts.corrected = 3
        state.counts.failed = 1
        state.failed = [Sku("é"): "x", Sku("e\u{301}"): "y"]
        state.narrowing = Narrowing(
            rules: NarrowingRules(),
            splits: [Narrowing.Open(range: SkuRange(from: Sku("m"), to: nil), theirs: 40)],
            leaves: [Narrowing.Open(range: SkuRange(from: nil, to: Sku("🔩")), theirs: 3)],
            page: Narrowing.Page(
                ranges: [SkuRange(from: Sku("a"), to: Sku("b"))], after: Sku("aa"), expected: 5,
                received: 2))
        let text = JSONWriter.text(state.json)
        let read = AgentCheckpoint(
            try JSONDocument(text: text).root, rules: NarrowingRules())
        #expect(read == state)
        #expect(read.failed.count == 2)
    }
}

@Suite("What becomes of an item that differs")
struct ItemDecisionTests {
    private static let before = Timestamp(microseconds: 1_000)
    private static let comparison = Timestamp(microseconds: 2_000)
    private static let after = Timestamp(microseconds: 3_000)

    private static func decide(
        _ ours: String?, at time: Int64 = 10, synced: Timestamp = before, removed: Bool = false,
        _ theirs: String?, at theirTime: Int64 = 20, fault: String? = nil, compared: String? = "a",
        failed: String? = nil
    ) -> ItemDecision {
        ItemDecision.of(
            ours: ours.map {
                ItemDecision.Ours(
                    contentHash: $0, timestamp: Timestamp(microseconds: time), syncedAt: synced,
                    isRemoved: removed)
            },
            theirs: theirs.map {
                ItemDecision.Theirs(
                    contentHash: $0, timestamp: Timestamp(microseconds: theirTime), fault: fault)
            }, compared: compared, comparedAt: comparison, failed: failed)
    }

    @Test("the ERP wins, whatever its clock says")
    func erpWins() {
        #expect(Self.decide("a", "b") == .corrected)
        #expect(Self.decide("a", at: 99, "b", at: 1) == .corrected)
        #expect(Self.decide(nil, "b", compared: nil) == .created)
        #expect(Self.decide("a", removed: true, "a", compared: nil) == .created)
        #expect(Self.decide("a", nil) == .orphaned)
    }

    @Test("what was ingested since the comparison is newer, unless the agent is newer still")
    func ingestedSince() {
        #expect(Self.decide("c", at: 30, synced: Self.after, "b", at: 20) == .newer)
        #expect(Self.decide("c", at: 20, synced: Self.after, "b", at: 20) == .newer)
        #expect(Self.decide("c", at: 10, synced: Self.after, "b", at: 20) == .corrected)
        #expect(Self.decide("c", at: 30, "b", at: 20, compared: "a") == .newer)
        #expect(Self.decide("a", synced: Self.after, nil) == .newer)
        #expect(Self.decide("c", nil, compared: "a") == .newer)
    }

    @Test("what is equal by now, or gone on both sides, needs nothing")
    func equal() {
        #expect(Self.decide("b", "b") == .equal)
        #expect(Self.decide(nil, nil) == .equal)
        #expect(Self.decide("a", removed: true, nil) == .equal)
    }

    @Test("what cannot be taken fails once, and again only if it has changed")
    func fails() {
        #expect(
            Self.decide("a", "b", fault: "unmapped_unit: X") == .failed(reason: "unmapped_unit: X"))
        #expect(Self.decide("a", "b", fault: "unmapped_unit: X", failed: "b") == .equal)
        #expect(
            Self.decide("a", "c", fault: "unmapped_unit: X", failed: "b")
                == .failed(reason: "unmapped_unit: X"))
    }

    @Test(
        "what could not be taken has the agent's hash in the comparison, and is not touched by that"
    )
    func failedBefore() {
        #expect(Self.decide("a", nil, compared: "b", failed: "b") == .orphaned)
        #expect(Self.decide("a", synced: Self.after, nil, compared: "b", failed: "b") == .newer)
        #expect(Self.decide("a", at: 30, "c", at: 20, compared: "b", failed: "b") == .corrected)
    }
}

@Suite("What an answer leaves out")
struct AbsenceTests {
    private struct Ours: SortedItems {
        var skus: [String]
        var count: Int { skus.count }
        func sku(at index: Int) -> Sku { Sku(skus[index]) }
    }

    private static func absent(
        _ ours: String, _ theirs: String, _ ranges: [SkuRange], after: String? = nil
    ) -> [SkuRange] {
        let items = Ours(skus: ours.map(String.init))
        let pieces = ranges.map { items.indices(of: $0) }
        var merge = ItemMerge(items: items, theirs: theirs.map { Sku(String($0)) }, pieces: pieces)
        let pairs = merge.next(upTo: 100)
        return Absence.ranges(pairs, next: after.map { Sku($0) }, within: ranges)
    }

    private static func range(_ from: String?, _ to: String?) -> SkuRange {
        SkuRange(from: from.map { Sku($0) }, to: to.map { Sku($0) })
    }

    @Test("is asked for from its first sku to the next that is there")
    func gaps() {
        #expect(
            Self.absent("ABCDEF", "ACF", [.all]) == [Self.range("B", "C"), Self.range("D", "F")])
        #expect(Self.absent("ABC", "A", [.all]) == [Self.range("B", nil)])
        #expect(Self.absent("ABC", "", [Self.range("A", "D")]) == [Self.range("A", "D")])
        #expect(Self.absent("ABC", "A", [.all], after: "X") == [Self.range("B", "X")])
        #expect(Self.absent("ABC", "ABCD", [.all]).isEmpty)
        #expect(Self.absent("", "AB", [.all]).isEmpty)
    }

    @Test("never reaches into what lies between two ranges")
    func borders() {
        let ranges = [Self.range("A", "C"), Self.range("M", "P")]
        #expect(
            Self.absent("ABDMNO", "AO", ranges) == [Self.range("B", "C"), Self.range("M", "O")])
        #expect(Self.absent("BM", "", ranges) == [Self.range("B", "C"), Self.range("M", "P")])
    }
}
