extension Timestamp {
    /// 0001-01-01T00:00:00Z: the first moment that four-digit years can write.
    package static let earliest = Timestamp(microseconds: -62_135_596_800_000_000)
    /// The last microsecond of the year 9999.
    package static let latest = Timestamp(microseconds: 253_402_300_799_999_999)

    /// From milliseconds since the epoch, the unit of Kafka's message timestamps, clamped to the
    /// range `earliest` to `latest`: a producer can send any number.
    package init(milliseconds: Int64) {
        let micros = milliseconds.multipliedReportingOverflow(by: 1000)
        let unclamped =
            micros.overflow ? (milliseconds < 0 ? Int64.min : Int64.max) : micros.partialValue
        self.init(
            microseconds: min(
                max(unclamped, Self.earliest.microseconds), Self.latest.microseconds))
    }
}
