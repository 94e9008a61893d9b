/// How long events took, counted into buckets; two of them can be added, and quantiles read.
package struct LatencyHistogram: Sendable, Equatable, Codable {
    /// The upper ends of the buckets, in seconds: the seed's, and finer ones below them. What takes
    /// longer than the last is in one more bucket.
    package static let bounds: [Double] = [
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10,
    ]

    /// One for each bound, and one for what is beyond them; not cumulative.
    package private(set) var counts: [Int64]
    package private(set) var sumSeconds: Double

    package init() {
        counts = [Int64](repeating: 0, count: Self.bounds.count + 1)
        sumSeconds = 0
    }

    /// No process counts as far; the sum of some thousands of these can still be counted.
    private static let believable: ClosedRange<Int64> = 0...(1 << 48)

    /// From what an engine has stored; nil if that engine counted into other buckets.
    package init?(counts: [Int64], sumSeconds: Double) {
        guard counts.count == Self.bounds.count + 1,
            counts.allSatisfy(Self.believable.contains)
        else { return nil }
        self.counts = counts
        self.sumSeconds = sumSeconds
    }

    /// From what another process has sent; empty if that one counts into other buckets.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self =
            LatencyHistogram(
                counts: try values.decode([Int64].self, forKey: .counts),
                sumSeconds: try values.decode(Double.self, forKey: .sumSeconds))
            ?? LatencyHistogram()
    }

    package var events: Int64 { counts.reduce(0, +) }
    package var isEmpty: Bool { counts.allSatisfy { $0 == 0 } }

    /// Notes that `events` events took so long each.
    package mutating func record(seconds: Double, events: Int = 1) {
        // A clock that was set back makes no event faster than nothing.
        let seconds = max(0, seconds)
        let place = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
        counts[place] += Int64(events)
        sumSeconds += seconds * Double(events)
    }

    package mutating func add(_ other: LatencyHistogram) {
        for place in counts.indices { counts[place] += other.counts[place] }
        sumSeconds += other.sumSeconds
    }

    /// The time within which the share `quantile` (0 to 1) of the events was done, in seconds, as
    /// Prometheus' `histogram_quantile` estimates it: evenly within a bucket, and the last bound
    /// for what is beyond it. Nil without events.
    package func quantile(_ quantile: Double) -> Double? {
        let all = events
        guard all > 0 else { return nil }
        let rank = quantile * Double(all)
        var below = 0.0
        for (place, bound) in Self.bounds.enumerated() {
            let here = Double(counts[place])
            if below + here >= rank, here > 0 {
                let start = place == 0 ? 0 : Self.bounds[place - 1]
                return start + (bound - start) * (rank - below) / here
            }
            below += here
        }
        return Self.bounds.last
    }
}
