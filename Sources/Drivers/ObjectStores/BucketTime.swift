import Glibc

/// Times as buckets write them: RFC 3339 in UTC, `2025-01-17T03:04:05.678Z`.
enum BucketTime {
    /// Microseconds since 1970; nil for anything else.
    static func parse(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z"),
            bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"),
            let year = number(bytes[0..<4]), let month = number(bytes[5..<7]),
            let day = number(bytes[8..<10]), let hour = number(bytes[11..<13]),
            let minute = number(bytes[14..<16]), let second = number(bytes[17..<19]),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60
        else { return nil }
        var time = tm()
        time.tm_year = Int32(year - 1_900)
        time.tm_mon = Int32(month - 1)
        time.tm_mday = Int32(day)
        time.tm_hour = Int32(hour)
        time.tm_min = Int32(minute)
        time.tm_sec = Int32(second)
        guard let fraction = microseconds(bytes[19..<(bytes.count - 1)]) else { return nil }
        return Int64(timegm(&time)) * 1_000_000 + Int64(fraction)
    }

    /// Nothing, or a point and digits; what is finer than a microsecond is cut off.
    private static func microseconds(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = bytes.first else { return 0 }
        let digits = bytes.dropFirst()
        guard first == UInt8(ascii: "."), !digits.isEmpty, digits.count <= 9,
            var value = number(digits.prefix(6)), number(digits) != nil
        else { return nil }
        for _ in 0..<max(0, 6 - digits.count) { value *= 10 }
        return value
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for byte in bytes {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value
    }
}
