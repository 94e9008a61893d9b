extension Timestamp {
    /// Reads an ISO 8601 moment: `2025-02-01`, `2025-01-17T10:30:00Z`, `2025-01-17 10:30+01:00`,
    /// `2025-01-17T10:30:00.123456-0330`.
    ///
    /// A date alone is midnight UTC, and a time without an offset is UTC. Seconds may be left out;
    /// digits finer than a microsecond are cut off. Nil for anything else: impossible dates, hour
    /// 24, second 60, offsets of a day or more, years outside 1 to 9999, spaces around.
    package init?(iso8601 text: some Sequence<UInt8>) {
        let parsed = text.withContiguousStorageIfAvailable { ISO8601Reader(bytes: $0).read() }
        let micros: Int64?
        if let parsed {
            micros = parsed
        } else {
            micros = Array(text).withUnsafeBufferPointer { ISO8601Reader(bytes: $0).read() }
        }
        guard let micros else { return nil }
        self.init(microseconds: micros)
    }

    /// Reads an ISO 8601 moment from a text; see `init(iso8601:)` over bytes.
    package init?(iso8601 text: String) {
        self.init(iso8601: text.utf8)
    }

    /// The moment as `2025-01-17T10:30:00.123456Z`: UTC, always six digits of a second.
    package var iso8601: String {
        String(decoding: iso8601UTF8, as: UTF8.self)
    }

    /// The bytes of `iso8601`.
    package var iso8601UTF8: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(27)
        appendISO8601(to: &bytes)
        return bytes
    }

    /// Appends the bytes of `iso8601`.
    package func appendISO8601(to bytes: inout [UInt8]) {
        let (days, micros) = Self.split(microseconds, by: 86_400_000_000)
        Self.appendDate(CivilDate(daysSinceEpoch: days), to: &bytes)
        let seconds = micros / 1_000_000
        bytes.append(UInt8(ascii: "T"))
        Self.appendDigits(seconds / 3600, count: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        Self.appendDigits(seconds / 60 % 60, count: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        Self.appendDigits(seconds % 60, count: 2, to: &bytes)
        bytes.append(UInt8(ascii: "."))
        Self.appendDigits(micros % 1_000_000, count: 6, to: &bytes)
        bytes.append(UInt8(ascii: "Z"))
    }

    /// Appends the calendar date, `2025-01-17`, that a clock `secondsFromUTC` ahead of UTC shows.
    package func appendCalendarDate(secondsFromUTC: Int, to bytes: inout [UInt8]) {
        let local = advanced(by: .seconds(secondsFromUTC)).microseconds
        let (days, _) = Self.split(local, by: 86_400_000_000)
        Self.appendDate(CivilDate(daysSinceEpoch: days), to: &bytes)
    }

    private static func appendDate(_ date: CivilDate, to bytes: inout [UInt8]) {
        // Outside what text can give us, but a corrupt column must not crash the writer.
        if date.year < 0 { bytes.append(UInt8(ascii: "-")) }
        if (0...9999).contains(date.year) {
            appendDigits(Int64(date.year), count: 4, to: &bytes)
        } else {
            bytes.append(contentsOf: "\(date.year.magnitude)".utf8)
        }
        bytes.append(UInt8(ascii: "-"))
        appendDigits(Int64(date.month), count: 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        appendDigits(Int64(date.day), count: 2, to: &bytes)
    }

    private static func appendDigits(_ value: Int64, count: Int, to bytes: inout [UInt8]) {
        var divisor: Int64 = 1
        for _ in 1..<count { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
            divisor /= 10
        }
    }

    /// Quotient and remainder, rounded towards the past, so that the remainder is never negative.
    private static func split(_ value: Int64, by unit: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: unit)
        return remainder < 0 ? (quotient - 1, remainder + unit) : (quotient, remainder)
    }
}

/// One pass over the bytes of an ISO 8601 moment.
private struct ISO8601Reader {
    let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// Microseconds since the epoch, or nil.
    consuming func read() -> Int64? {
        guard let year = digits(4), take("-"), let month = digits(2), take("-"),
            let day = digits(2),
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        var micros = date.daysSinceEpoch * 86_400_000_000
        if position < bytes.count {
            guard take("T") || take("t") || take(" "), let time = timeOfDay(), let shift = offset()
            else { return nil }
            micros += time - shift
        }
        guard position == bytes.count,
            (Timestamp.earliest.microseconds...Timestamp.latest.microseconds).contains(micros)
        else { return nil }
        return micros
    }

    private mutating func timeOfDay() -> Int64? {
        guard let hour = digits(2), hour <= 23, take(":"), let minute = digits(2), minute <= 59
        else { return nil }
        var micros = Int64(hour * 3600 + minute * 60) * 1_000_000
        guard take(":") else { return micros }
        guard let second = digits(2), second <= 59 else { return nil }
        micros += Int64(second) * 1_000_000
        if take(".") || take(",") {
            var unit: Int64 = 100_000
            let start = position
            while position < bytes.count, let digit = digitValue(bytes[position]) {
                micros += Int64(digit) * unit
                unit /= 10
                position += 1
            }
            guard position > start else { return nil }
        }
        return micros
    }

    /// Microseconds that the local clock is ahead of UTC.
    private mutating func offset() -> Int64? {
        if position == bytes.count || take("Z") || take("z") { return 0 }
        let sign: Int64
        if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
        guard let hours = digits(2), hours <= 23 else { return nil }
        var minutes = 0
        if position < bytes.count {
            _ = take(":")
            guard let written = digits(2), written <= 59 else { return nil }
            minutes = written
        }
        return sign * Int64(hours * 3600 + minutes * 60) * 1_000_000
    }

    private mutating func digits(_ count: Int) -> Int? {
        guard position + count <= bytes.count else { return nil }
        var value = 0
        for _ in 0..<count {
            guard let digit = digitValue(bytes[position]) else { return nil }
            value = value * 10 + digit
            position += 1
        }
        return value
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else {
            return false
        }
        position += 1
        return true
    }

    private func digitValue(_ byte: UInt8) -> Int? {
        let value = byte &- UInt8(ascii: "0")
        return value <= 9 ? Int(value) : nil
    }
}
