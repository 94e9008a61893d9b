extension JSONParser {
    /// Reads a text from its opening quote to after its closing one.
    mutating func text() throws(JSONParseError) {
        position += 1
        let start = position
        var flags: JSONNode.Flags = []
        while true {
            skipPlainText()
            guard position < bytes.count else { throw error(.unexpectedEnd) }
            switch bytes[position] {
            case UInt8(ascii: "\""):
                append(.string, from: start, to: position, flags: flags)
                position += 1
                return
            case UInt8(ascii: "\\"):
                flags.formUnion(try escape())
            case 0x80...:
                try skipMultibyteScalar()
            case ..<0x20:
                throw error(.controlCharacterInText)
            default:
                position += 1
            }
        }
    }

    /// Skips ASCII that means itself, eight bytes at a time. May stop early, never late.
    private mutating func skipPlainText() {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        guard let base = bytes.baseAddress else { return }
        let raw = UnsafeRawPointer(base)
        while position + 8 <= bytes.count {
            let block = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            let quotes = block ^ (ones &* 0x22)
            let backslashes = block ^ (ones &* 0x5C)
            // A byte's high bit is set where it is 0x80 or more, below 0x20, a quote or a
            // backslash. Borrows can only add marks above a true one.
            let marks =
                block | (block &- (ones &* 0x20)) | ((quotes &- ones) & ~quotes)
                | ((backslashes &- ones) & ~backslashes)
            let found = marks & highs
            if found != 0 {
                position += UInt64(littleEndian: found).trailingZeroBitCount / 8
                return
            }
            position += 8
        }
    }

    /// Takes one escape sequence, or both of a surrogate pair, and says what is odd about it.
    private mutating func escape() throws(JSONParseError) -> JSONNode.Flags {
        guard position + 1 < bytes.count else { throw error(.unexpectedEnd) }
        switch bytes[position + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
            return .escaped
        case UInt8(ascii: "u"):
            return try unicodeEscape()
        default:
            throw error(.malformedEscape)
        }
    }

    private mutating func unicodeEscape() throws(JSONParseError) -> JSONNode.Flags {
        guard let unit = JSONEscape.codeUnit(in: bytes, at: position) else {
            throw error(.malformedEscape)
        }
        position += 6
        switch unit {
        case 0:
            isStorableAsJSONB = false
            return [.escaped, .hasNUL]
        case 0xD800...0xDBFF:
            if let low = JSONEscape.codeUnit(in: bytes, at: position),
                (0xDC00...0xDFFF).contains(low)
            {
                position += 6
                return .escaped
            }
            isStorableAsJSONB = false
            return [.escaped, .hasLoneSurrogate]
        case 0xDC00...0xDFFF:
            isStorableAsJSONB = false
            return [.escaped, .hasLoneSurrogate]
        default:
            return .escaped
        }
    }

    /// Well-formed sequences only: Unicode 15, table 3-7 (no overlong forms, no surrogates,
    /// nothing above U+10FFFF).
    private mutating func skipMultibyteScalar() throws(JSONParseError) {
        let lead = bytes[position]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xE1...0xEC, 0xEE...0xEF: length = 3
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: throw error(.invalidUTF8)
        }
        guard position + length <= bytes.count, second.contains(bytes[position + 1]) else {
            throw error(.invalidUTF8)
        }
        for offset in 2..<max(length, 2) where bytes[position + offset] & 0xC0 != 0x80 {
            throw error(.invalidUTF8)
        }
        position += length
    }
}

/// The `\uXXXX` escapes, shared by the parser, which checks them, and by the decoding of texts.
enum JSONEscape {
    /// The UTF-16 unit of the escape that begins at `position`; nil if there is none.
    static func codeUnit(in bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> UInt16? {
        guard position + 6 <= bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        else { return nil }
        var unit: UInt16 = 0
        for offset in 2..<6 {
            guard let digit = hexDigit(bytes[position + offset]) else { return nil }
            unit = unit << 4 | digit
        }
        return unit
    }

    private static func hexDigit(_ byte: UInt8) -> UInt16? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}

extension JSONEscape {
    /// The UTF-8 of a text whose escapes the parser has checked.
    static func unescaped(_ raw: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(raw.count)
        var position = 0
        while position < raw.count {
            let byte = raw[position]
            guard byte == UInt8(ascii: "\\"), position + 1 < raw.count else {
                result.append(byte)
                position += 1
                continue
            }
            if raw[position + 1] == UInt8(ascii: "u") {
                let (scalar, length) = scalar(in: raw, at: position)
                result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
                position += length
            } else {
                result.append(value(ofShort: raw[position + 1]))
                position += 2
            }
        }
        return result
    }

    private static func value(ofShort letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: letter
        }
    }

    /// The scalar of one escape or of a surrogate pair, and its length in bytes.
    private static func scalar(
        in raw: UnsafeBufferPointer<UInt8>, at position: Int
    ) -> (scalar: Unicode.Scalar, length: Int) {
        let unit = codeUnit(in: raw, at: position) ?? 0xFFFD
        if let scalar = Unicode.Scalar(unit) { return (scalar, 6) }
        if unit < 0xDC00, let low = codeUnit(in: raw, at: position + 6),
            (0xDC00...0xDFFF).contains(low)
        {
            let value = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
            if let scalar = Unicode.Scalar(value) { return (scalar, 12) }
        }
        return ("\u{FFFD}", 6)
    }
}
