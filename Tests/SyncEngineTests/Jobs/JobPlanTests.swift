import Probes
import Testing

@testable import SyncEngine

@Suite("Whose jobs are next")
struct JobPlanTests {
    private func vendor(
        _ name: String, isThere: Bool = true, isConfigured: Bool = true,
        breaker: BreakerState = .closed, dueIn: Duration = .zero, inHand: Int = 0,
        allowance: Int? = nil
    ) -> JobPlan.Vendor {
        JobPlan.Vendor(
            name: name, isThere: isThere, isConfigured: isConfigured, breaker: breaker,
            dueIn: dueIn, inHand: inHand, allowance: allowance)
    }

    private func plan(
        _ vendors: [JobPlan.Vendor], free: Int = 16, perVendor: Int = 4, first: Int = 0
    ) -> JobPlan {
        JobPlan(
            vendors, free: free, perVendor: perVendor, atMost: .seconds(2), first: first)
    }

    private func claims(_ plan: JobPlan) -> [String] {
        plan.claims.map { "\($0.vendor) \($0.most)" }
    }

    @Test("is one of each in turn, until nothing is left or all have what they may")
    func share() {
        let vendors = ["a", "b", "c"].map { vendor($0) }
        let cases: [(free: Int, first: Int, claims: [String])] = [
            (16, 0, ["a 4", "b 4", "c 4"]), (5, 0, ["a 2", "b 2", "c 1"]), (1, 0, ["a 1"]),
            (1, 1, ["b 1"]), (1, 5, ["c 1"]), (0, 0, []), (-3, 0, []),
        ]
        for one in cases {
            let plan = plan(vendors, free: one.free, first: one.first)
            #expect(claims(plan) == one.claims, "\(one.free) free, turn \(one.first)")
        }
        #expect(claims(plan([])).isEmpty)
    }

    @Test("is nobody's whose agent is away, that is not configured, or whose breaker is open")
    func obstacles() {
        let plan = plan([
            vendor("away", isThere: false, isConfigured: false, breaker: .open),
            vendor("unknown", isConfigured: false, breaker: .open),
            vendor("broken", breaker: .open), vendor("well"),
        ])
        #expect(claims(plan) == ["well 4"])
        #expect(
            plan.waits == [
                "away": "agent_offline", "unknown": "not_configured", "broken": "breaker_open",
                "well": nil,
            ])
    }

    @Test("is one of a half-open breaker's vendor, and none while that one is under way")
    func halfOpen() {
        let plan = plan([vendor("a", breaker: .halfOpen)])
        #expect(claims(plan) == ["a 1"])
        // The others go on waiting, and say so.
        #expect(plan.waits == ["a": "breaker_open"])
        #expect(claims(self.plan([vendor("a", breaker: .halfOpen, inHand: 1)])).isEmpty)
        // Begun before it opened.
        #expect(claims(self.plan([vendor("a", breaker: .halfOpen, inHand: 3)])).isEmpty)
    }

    @Test("is no more of a vendor than it may have in hand, or than one that has come back may get")
    func limits() {
        #expect(claims(plan([vendor("a", inHand: 3)])) == ["a 1"])
        #expect(claims(plan([vendor("a", inHand: 9)])).isEmpty)
        #expect(claims(plan([vendor("a", inHand: 1, allowance: 2)])) == ["a 2"])
        #expect(claims(plan([vendor("a", allowance: 0)])).isEmpty)
    }

    @Test("is looked for again when the next job is due, sooner where a vendor comes back")
    func pause() {
        #expect(plan([]).pause == .seconds(2))
        #expect(plan([vendor("a")]).pause == .seconds(2))
        #expect(plan([vendor("a", allowance: 1)]).pause == .milliseconds(500))
        let later = plan([
            vendor("a", dueIn: .seconds(60)), vendor("b", dueIn: .milliseconds(700)),
        ])
        #expect(later.pause == .milliseconds(700))
        // Jobs that are not due say themselves what they wait for.
        #expect(later.claims.isEmpty && later.waits.isEmpty)
    }
}
