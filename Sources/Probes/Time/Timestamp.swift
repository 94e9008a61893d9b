/// A point in time: microseconds since the Unix epoch, UTC.
package struct Timestamp: Sendable, Hashable, Comparable, Codable {
    package var microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microseconds < right.microseconds
    }

    /// The time that passed from `earlier` to this moment; negative if `earlier` is later.
    package func since(_ earlier: Timestamp) -> Duration {
        .microseconds(microseconds - earlier.microseconds)
    }

    package func advanced(by duration: Duration) -> Timestamp {
        let parts = duration.components
        return Timestamp(
            microseconds: microseconds + parts.seconds * 1_000_000
                + parts.attoseconds / 1_000_000_000_000)
    }
}
