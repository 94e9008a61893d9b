import Probes

/// Successes and failures of the last while, in ten buckets, so that a busy breaker costs no more
/// than a quiet one.
struct RollingCounts: Equatable, Sendable {
    private struct Bucket: Equatable, Sendable {
        var number: Int64
        var successes = 0
        var failures = 0
    }

    private static let bucketCount: Int64 = 10
    private let bucketMicroseconds: Int64
    private var buckets: [Bucket] = []

    init(window: Duration) {
        let start = Timestamp(microseconds: 0)
        bucketMicroseconds = max(
            start.advanced(by: window).microseconds / Self.bucketCount, 1)
    }

    private(set) var calls = 0
    private(set) var failures = 0

    /// Of the calls, 0 to 100; 0 if there are none.
    var failurePercent: Double {
        calls == 0 ? 0 : Double(failures) * 100 / Double(calls)
    }

    mutating func record(isFailure: Bool, at now: Timestamp) {
        advance(to: now)
        // A clock that went back counts into the newest bucket rather than nowhere.
        let number = max(self.number(of: now), buckets.last?.number ?? .min)
        if buckets.last?.number != number { buckets.append(Bucket(number: number)) }
        if isFailure {
            buckets[buckets.count - 1].failures += 1
            failures += 1
        } else {
            buckets[buckets.count - 1].successes += 1
        }
        calls += 1
    }

    /// Drops what is older than the window.
    mutating func advance(to now: Timestamp) {
        let oldest = number(of: now) - Self.bucketCount + 1
        while let first = buckets.first, first.number < oldest {
            calls -= first.successes + first.failures
            failures -= first.failures
            buckets.removeFirst()
        }
    }

    mutating func clear() {
        buckets.removeAll()
        calls = 0
        failures = 0
    }

    private func number(of moment: Timestamp) -> Int64 {
        let quotient = moment.microseconds / bucketMicroseconds
        return moment.microseconds % bucketMicroseconds < 0 ? quotient - 1 : quotient
    }
}
