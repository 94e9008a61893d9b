import Testing

@testable import SyncEngine

@Suite("A vendor that has come back")
struct VendorRampTests {
    private let start = ContinuousClock.now

    @Test("gets one call at first, and twice as many more from second to second, for eight seconds")
    func allowances() {
        let ramp = VendorRamp(since: start)
        let table: [(milliseconds: Int, calls: Int?)] = [
            (0, 1), (999, 1), (1_000, 3), (1_999, 3), (2_000, 7), (3_000, 15), (7_999, 255),
            (8_000, nil), (100_000, nil),
        ]
        for (milliseconds, calls) in table {
            #expect(
                ramp.allowance(at: start + .milliseconds(milliseconds)) == calls,
                "after \(milliseconds) ms")
        }
    }

    @Test("gets what it has not had yet, and never less than nothing")
    func started() {
        var ramp = VendorRamp(since: start)
        ramp.start(1)
        #expect(ramp.allowance(at: start) == 0)
        #expect(ramp.allowance(at: start + .seconds(1)) == 2)
        ramp.start(5)
        #expect(ramp.allowance(at: start + .seconds(1)) == 0)
        #expect(ramp.allowance(at: start + .seconds(2)) == 1)
    }

    @Test("gets one call where it is asked about a moment before")
    func before() {
        #expect(VendorRamp(since: start).allowance(at: start - .seconds(3)) == 1)
    }
}
