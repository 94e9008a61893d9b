import Testing

@testable import SyncEngine

@Suite("When a run lets events go first")
struct YieldRuleTests {
    private let start = ContinuousClock.now

    /// The answers to `(second, messages)`, as `w` and `g`.
    private func answers(_ looks: [(Int, Int64)], limit: Int64 = 5_000) -> String {
        var rule = YieldRule(limit: limit)
        return looks.map { second, messages in
            rule.waits(messages, at: start + .seconds(second)) ? "w" : "g"
        }.joined()
    }

    @Test("it goes on while few enough wait")
    func few() {
        #expect(answers([(0, 0), (1, 5_000), (20, 4_999)]) == "ggg")
    }

    @Test("it waits while too many wait and do not become fewer")
    func many() {
        #expect(answers([(0, 5_001), (1, 6_000), (6, 6_000), (12, 6_000)]) == "wwww")
    }

    @Test("it goes on while they become fewer, and waits when they grow again")
    func shrinking() {
        #expect(
            answers([(0, 9_000), (2, 8_000), (5, 7_000), (8, 7_000), (10, 8_000)]) == "wwggw")
    }

    @Test("it goes on when few wait again, and then judges anew")
    func over() {
        #expect(answers([(0, 9_000), (3, 4_000), (4, 9_000)]) == "wgw")
    }

    @Test("it goes on with a chunk after a minute, however many wait, and waits again then")
    func bounded() {
        #expect(
            answers([(0, 9_000), (59, 9_000), (60, 9_000), (61, 9_000), (120, 9_000), (121, 9_000)])
                == "wwgwwg")
    }

    @Test("it never waits where that is switched off")
    func off() {
        #expect(answers([(0, 1_000_000), (9, 2_000_000)], limit: 0) == "gg")
    }
}
