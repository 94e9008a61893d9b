/// The decimal text of a `numeric` in binary form (`numeric_send`): digits in base 10,000, the
/// weight of the first, the sign and the number of decimals to show.
enum NumericText {
    private static let negative: UInt16 = 0x4000
    private static let notANumber: UInt16 = 0xC000
    private static let positiveInfinity: UInt16 = 0xD000
    private static let negativeInfinity: UInt16 = 0xF000

    static func decode(
        _ bytes: UnsafeRawBufferPointer, column: String
    ) throws(PostgresError) -> String {
        guard bytes.count >= 8, bytes.count >= 8 + 2 * Int(bytes.bigEndian(UInt16.self, at: 0))
        else { throw PostgresError(.decoding, "column \(column) is not a numeric") }
        let count = Int(bytes.bigEndian(UInt16.self, at: 0))
        let weight = Int(bytes.bigEndian(Int16.self, at: 2))
        let sign = bytes.bigEndian(UInt16.self, at: 4)
        let decimals = Int(bytes.bigEndian(UInt16.self, at: 6))
        switch sign {
        case notANumber: return "NaN"
        case positiveInfinity: return "Infinity"
        case negativeInfinity: return "-Infinity"
        default: break
        }
        // The digit group at a power of 10,000; zero outside of those that were sent.
        func group(_ power: Int) -> String {
            let index = weight - power
            let digits =
                (0..<count).contains(index) ? bytes.bigEndian(UInt16.self, at: 8 + 2 * index) : 0
            let text = String(digits)
            return String(repeating: "0", count: max(0, 4 - text.count)) + text
        }
        var whole = ""
        for power in stride(from: max(weight, 0), through: 0, by: -1) { whole += group(power) }
        whole = String(whole.drop { $0 == "0" })
        var fraction = ""
        var power = -1
        while fraction.utf8.count < decimals {
            fraction += group(power)
            power -= 1
        }
        let number = (whole.isEmpty ? "0" : whole)
        let tail = decimals > 0 ? "." + fraction.prefix(decimals) : ""
        return (sign == negative ? "-" : "") + number + tail
    }
}
