extension JSONParser {
    /// Reads a number by the grammar; its value is not computed, so that `1e400000` costs nothing.
    mutating func number() throws(JSONParseError) {
        let start = position
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        let wholeStart = position
        let wholeDigits = skipDigits()
        guard wholeDigits > 0 else { throw numberError() }
        if wholeDigits > 1, bytes[wholeStart] == UInt8(ascii: "0") {
            position = wholeStart
            throw error(.malformedNumber)
        }
        var flags: JSONNode.Flags = .plainInteger
        var fractionDigits = 0
        if isAt(".") {
            flags = []
            position += 1
            fractionDigits = skipDigits()
            guard fractionDigits > 0 else { throw numberError() }
        }
        var exponent = 0
        if isAt("e") || isAt("E") {
            flags = []
            exponent = try self.exponent()
        }
        // PostgreSQL's numeric: 131,072 digits before the point, 16,383 after it.
        if wholeDigits + exponent > 131_072 || fractionDigits - exponent > 16_383 {
            isStorableAsJSONB = false
        }
        append(.number, from: start, to: position, flags: flags)
    }

    /// The exponent, clamped to a size that is beyond every limit and safe to add to.
    private mutating func exponent() throws(JSONParseError) -> Int {
        position += 1
        let isNegative = isAt("-")
        if isNegative || isAt("+") { position += 1 }
        let start = position
        guard skipDigits() > 0 else { throw numberError() }
        var value = 0
        for index in start..<position where value < 1 << 40 {
            value = value * 10 + Int(bytes[index] - UInt8(ascii: "0"))
        }
        return isNegative ? -value : value
    }

    private mutating func skipDigits() -> Int {
        let start = position
        while position < bytes.count, bytes[position] &- UInt8(ascii: "0") <= 9 { position += 1 }
        return position - start
    }

    private func isAt(_ character: Unicode.Scalar) -> Bool {
        position < bytes.count && bytes[position] == UInt8(ascii: character)
    }

    private func numberError() -> JSONParseError {
        error(position < bytes.count ? .malformedNumber : .unexpectedEnd)
    }
}
