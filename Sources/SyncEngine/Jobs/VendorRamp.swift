/// How many calls a vendor that has come back may get: one at first, and from second to second twice as
/// many, so that what has piled up does not knock it over again.
///
/// Counted by a clock that nobody sets: a wall clock that went back an hour would hold the vendor's
/// jobs for that hour.
struct VendorRamp: Sendable, Equatable {
    /// After so many seconds there is no limit any more.
    private static let seconds: Int64 = 8

    private let since: ContinuousClock.Instant
    private var started = 0

    init(since: ContinuousClock.Instant) {
        self.since = since
    }

    /// Nil: as many as one likes.
    func allowance(at now: ContinuousClock.Instant) -> Int? {
        let passed = max(since.duration(to: now).components.seconds, 0)
        guard passed < Self.seconds else { return nil }
        return max(0, (1 << Int(passed + 1)) - 1 - started)
    }

    mutating func start(_ calls: Int) {
        started += calls
    }
}
