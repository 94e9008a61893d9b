/// Numbers as an operator reads them.
enum Count {
    /// `1,204`: groups of three; unknown is a dash, never 0.
    static func full(_ value: some BinaryInteger) -> String {
        let digits = Array(String(value.magnitude).utf8)
        var grouped: [UInt8] = value < 0 ? [UInt8(ascii: "-")] : []
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) {
                grouped.append(UInt8(ascii: ","))
            }
            grouped.append(digit)
        }
        return String(decoding: grouped, as: UTF8.self)
    }

    static func full(_ value: (some BinaryInteger)?) -> String {
        value.map { full($0) } ?? unknown
    }

    /// At most four characters and a sign: `999`, `1.2k`, `34k`, `1.2M`.
    static func short(_ value: some BinaryInteger) -> String {
        let magnitude = Double(value.magnitude)
        let sign = value < 0 ? "-" : ""
        for (limit, unit) in [(1e9, "G"), (1e6, "M"), (1e3, "k")] where magnitude >= limit * 0.9995
        {
            let scaled = magnitude / limit
            return sign + (scaled < 9.95 ? tenths(scaled) : whole(scaled)) + unit
        }
        return "\(value)"
    }

    /// A rate a second: whole from 10 up, one decimal below, `0` for nothing.
    static func rate(_ perSecond: Double?) -> String {
        guard let perSecond, perSecond.isFinite else { return unknown }
        if perSecond == 0 { return "0" }
        if abs(perSecond) >= 10_000 { return short(Int(max(-9e15, min(9e15, perSecond)))) }
        return abs(perSecond) < 9.95 ? tenths(perSecond) : full(Int(perSecond.rounded()))
    }

    static func percent(_ value: Double) -> String {
        value.isFinite ? "\(whole(max(-999, min(999, value))))%" : unknown
    }

    /// Percent with one decimal, where the first per cent matters: `0.4%`, `12.6%`.
    static func share(_ percent: Double) -> String {
        percent.isFinite ? "\(tenths(max(-999, min(999, percent))))%" : unknown
    }

    static func bytes(_ value: Int64?) -> String {
        guard let value else { return unknown }
        if value < 1 << 20 { return "\(value >> 10) kB" }
        return value < 1 << 30 ? "\(value >> 20) MB" : tenths(Double(value) / 0x1p30) + " GB"
    }

    /// `1 change`, `3 changes`; irregular plurals are given.
    static func of(_ value: some BinaryInteger, _ one: String, _ many: String? = nil) -> String {
        "\(full(value)) \(value == 1 ? one : many ?? one + "s")"
    }

    static let unknown = "-"

    private static func whole(_ value: Double) -> String { full(Int(value.rounded())) }

    private static func tenths(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        return "\(sign)\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
    }
}
