/// A moment: whole microseconds since 1970-01-01T00:00:00Z, the unit of PostgreSQL's own timestamps.
///
/// Moments read from text are held to the years 1 to 9999, which both PostgreSQL and ISO 8601 with
/// four-digit years can write.
package struct Timestamp: Hashable, Comparable, Sendable {
    /// Microseconds since the epoch; negative before 1970.
    package var microsecondsSinceEpoch: Int64

    package init(microsecondsSinceEpoch: Int64) {
        self.microsecondsSinceEpoch = microsecondsSinceEpoch
    }

    /// From whole milliseconds since the epoch, the unit of Kafka's message timestamps.
    ///
    /// Milliseconds that do not fit are clamped to the ends of the range.
    package init(millisecondsSinceEpoch: Int64) {
        let (product, overflow) = millisecondsSinceEpoch.multipliedReportingOverflow(by: 1000)
        let clamped = millisecondsSinceEpoch < 0 ? Int64.min : Int64.max
        self.init(microsecondsSinceEpoch: overflow ? clamped : product)
    }

    /// Whole milliseconds since the epoch, rounded down.
    package var millisecondsSinceEpoch: Int64 {
        let quotient = microsecondsSinceEpoch / 1000
        return microsecondsSinceEpoch % 1000 < 0 ? quotient - 1 : quotient
    }

    package static func < (lhs: Timestamp, rhs: Timestamp) -> Bool {
        lhs.microsecondsSinceEpoch < rhs.microsecondsSinceEpoch
    }

    /// The moment `duration` later, clamped to the ends of the range; finer parts are cut off.
    package func advanced(by duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        let (whole, overflowed) = seconds.multipliedReportingOverflow(by: 1_000_000)
        let limit = seconds < 0 ? Int64.min : Int64.max
        if overflowed { return Timestamp(microsecondsSinceEpoch: limit) }
        let micros = whole + attoseconds / 1_000_000_000_000
        let (sum, overflow) = microsecondsSinceEpoch.addingReportingOverflow(micros)
        return Timestamp(microsecondsSinceEpoch: overflow ? limit : sum)
    }

    /// How long after `earlier` this moment is; negative if it is before.
    package func since(_ earlier: Timestamp) -> Duration {
        .microseconds(microsecondsSinceEpoch) - .microseconds(earlier.microsecondsSinceEpoch)
    }
}
