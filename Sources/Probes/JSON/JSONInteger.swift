/// Whole numbers out of JSON's number texts, exactly, without passing through a double.
enum JSONInteger {
    /// The value if it is whole and fits in 64 bits; the text is a valid JSON number.
    static func value(of text: UnsafeBufferPointer<UInt8>) -> Int64? {
        var digits: [UInt8] = []
        digits.reserveCapacity(20)
        var scale = 0
        var exponent = 0
        var isNegative = false
        var isExponentNegative = false
        var part = Part.whole
        for byte in text {
            switch (byte, part) {
            case (UInt8(ascii: "-"), .exponent): isExponentNegative = true
            case (UInt8(ascii: "-"), _): isNegative = true
            case (UInt8(ascii: "."), _): part = .fraction
            case (UInt8(ascii: "e"), _), (UInt8(ascii: "E"), _): part = .exponent
            case (UInt8(ascii: "0")...UInt8(ascii: "9"), .exponent):
                // Beyond this no number of digits in memory brings it back into range.
                if exponent < 1 << 40 { exponent = exponent * 10 + Int(byte & 0x0F) }
            case (UInt8(ascii: "0")...UInt8(ascii: "9"), _):
                if part == .fraction { scale += 1 }
                if !(digits.isEmpty && byte == UInt8(ascii: "0")) { digits.append(byte & 0x0F) }
            default: break
            }
        }
        let shift = (isExponentNegative ? -exponent : exponent) - scale
        return shifted(digits, by: shift, isNegative: isNegative)
    }

    private enum Part { case whole, fraction, exponent }

    /// The digits times ten to the power of `shift`.
    private static func shifted(_ digits: [UInt8], by shift: Int, isNegative: Bool) -> Int64? {
        var digits = digits[...]
        var shift = shift
        while shift < 0, digits.last == 0 {
            digits.removeLast()
            shift += 1
        }
        if digits.isEmpty { return 0 }
        guard shift >= 0, digits.count + shift <= 19 else { return nil }
        var value: Int64 = 0
        for digit in digits + Array(repeating: 0, count: shift) {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let step = Int64(digit)
            // Built on the negative side, which reaches one further.
            let (sum, overflowed) = product.subtractingReportingOverflow(step)
            if overflow || overflowed { return nil }
            value = sum
        }
        if isNegative { return value }
        return value == .min ? nil : -value
    }
}
