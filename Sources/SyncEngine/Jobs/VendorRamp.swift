import Probes

/// How many calls a vendor that has come back may get: one at first, and from second to second twice as
/// many, so that what has piled up does not knock it over again.
struct VendorRamp: Sendable, Equatable {
    /// After so many seconds there is no limit any more.
    private static let seconds: Int64 = 8

    private let since: Timestamp
    private var started = 0

    init(since: Timestamp) {
        self.since = since
    }

    /// Nil: as many as one likes.
    func allowance(at now: Timestamp) -> Int? {
        let passed = max(now.since(since).components.seconds, 0)
        guard passed < Self.seconds else { return nil }
        return max(0, (1 << Int(passed + 1)) - 1 - started)
    }

    mutating func start(_ calls: Int) {
        started += calls
    }
}
