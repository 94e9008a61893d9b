import Testing

@testable import Probes

@Suite("Lag status")
struct LagStatusRuleTests {
    private static let now = SampleRows.now

    /// Samples two seconds apart, the newest now: `(current, end)`.
    private func window(
        _ offsets: [(Int64, Int64)], seenAgo: Duration? = .zero, advancedAgo: Duration? = nil
    ) -> [LagSample] {
        offsets.enumerated().map { index, pair in
            let age = Duration.seconds(2 * (offsets.count - 1 - index))
            return LagSample(
                at: Self.now.advanced(by: .zero - age), currentOffset: pair.0, endOffset: pair.1,
                seenAt: seenAgo.map { Self.now.advanced(by: .zero - $0) },
                advancedAt: advancedAgo.map { Self.now.advanced(by: .zero - $0) })
        }
    }

    private func status(_ window: [LagSample], isPaused: Bool = false) -> LagStatus {
        LagStatusRule().status(window, isPaused: isPaused, now: Self.now)
    }

    @Test("is OK if the lag was zero anywhere in the window, however long nobody was heard of")
    func zero() {
        let once = window(
            [(10, 20), (20, 20), (20, 90), (20, 95), (20, 99), (20, 99), (20, 99)],
            seenAgo: .seconds(3_600))
        #expect(status(once) == .ok)
        #expect(status(window([(5, 5)], seenAgo: .seconds(3_600))) == .ok)
    }

    @Test("is STOP once silence outlasts the window, also before REWIND and STALL")
    func stop() {
        let fixed: [(Int64, Int64)] = [(5, 9), (5, 9), (5, 9), (5, 9), (5, 9), (5, 9)]
        #expect(status(window(fixed, seenAgo: .seconds(31))) == .stop)
        #expect(status(window(fixed, seenAgo: .seconds(29))) == .stall)
        #expect(status(window([(5, 9)], seenAgo: .seconds(31))) == .stop)
        #expect(status(window([(9, 20), (5, 20)], seenAgo: .seconds(31))) == .stop)
        let long = (0..<25).map { _ in (Int64(5), Int64(9)) }
        #expect(status(window(long, seenAgo: .seconds(40))) == .stall)
        #expect(status(window(long, seenAgo: .seconds(49))) == .stop)
    }

    @Test("never says STOP of a group that gives no sign of life")
    func noSign() {
        let fixed: [(Int64, Int64)] = [(5, 9), (5, 9), (5, 9), (5, 9), (5, 9), (5, 9)]
        #expect(status(window(fixed, seenAgo: nil)) == .stall)
    }

    @Test("is REWIND after the offset went back, until it is where it was")
    func rewind() {
        #expect(status(window([(50, 90), (60, 90), (20, 90)])) == .rewind)
        #expect(status(window([(50, 90), (60, 90), (20, 90), (59, 90)])) == .rewind)
        #expect(
            status(window([(50, 90), (60, 90), (20, 90), (60, 90), (70, 90), (80, 90)])) == .ok)
        #expect(
            status(window([(60, 90), (20, 90), (61, 90), (30, 90), (40, 90), (50, 90)])) == .rewind)
    }

    @Test("is STALL while the offset is fixed and something waits")
    func stall() {
        #expect(status(window([(5, 9), (5, 9), (5, 10), (5, 10), (5, 11), (5, 11)])) == .stall)
    }

    @Test("is WARN while the offset moves and the lag never shrinks")
    func warn() {
        #expect(status(window([(1, 9), (2, 10), (3, 12), (4, 14), (5, 16), (6, 18)])) == .warn)
        #expect(status(window([(1, 9), (2, 10), (3, 11), (4, 12), (5, 13), (6, 14)])) == .warn)
        #expect(status(window([(1, 9), (2, 10), (4, 11), (4, 14), (5, 16), (6, 18)])) == .ok)
    }

    @Test("knows nothing from a short window, unless the consumer has just moved")
    func short() {
        #expect(status(window([(5, 9), (5, 9)])) == .unknown)
        #expect(status(window([(5, 9)], advancedAgo: .seconds(3))) == .ok)
        #expect(status(window([(5, 9)], advancedAgo: .seconds(60))) == .unknown)
        #expect(status([]) == .unknown)
    }

    @Test("is PAUSED whatever else holds")
    func paused() {
        #expect(status(window([(5, 9)], seenAgo: .seconds(99)), isPaused: true) == .paused)
        #expect(status(window([(9, 9)]), isPaused: true) == .paused)
    }
}
