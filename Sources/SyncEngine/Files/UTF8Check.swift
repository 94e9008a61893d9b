/// Whether bytes are UTF-8, and whether a byte of 0xCC or more is among them.
enum UTF8Check {
    case belowU0300
    case beyondU0300
    case malformed

    /// Unicode 15, table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF.
    ///
    static func check(_ bytes: CellBytes) -> UTF8Check {
        let start = bytes.start
        var result = UTF8Check.belowU0300
        var position = 0
        let count = bytes.count
        while position < count {
            let marks = ByteWords.load(start, position) & ByteWords.tops
            if marks == 0 {
                position &+= 8
                continue
            }
            position &+= ByteWords.position(of: marks)
            guard position < count else { break }
            // Most letters with accents: two bytes, and the next is likely to be one byte again.
            let lead = start[position]
            if lead >= 0xC2, lead < 0xE0 {
                guard position &+ 1 < count, start[position &+ 1] & 0xC0 == 0x80 else {
                    return .malformed
                }
                if lead >= 0xCC { result = .beyondU0300 }
                position &+= 2
            } else {
                let length = longSequence(start + position, count &- position)
                guard length > 0 else { return .malformed }
                result = .beyondU0300
                position &+= length
            }
        }
        return result
    }

    /// The length of the sequence of three or four bytes; 0 if it is none.
    private static func longSequence(_ bytes: UnsafePointer<UInt8>, _ available: Int) -> Int {
        let second: ClosedRange<UInt8>
        let length: Int
        switch bytes[0] {
        case 0xE0: (second, length) = (0xA0...0xBF, 3)
        case 0xED: (second, length) = (0x80...0x9F, 3)
        case 0xE1...0xEF: (second, length) = (0x80...0xBF, 3)
        case 0xF0: (second, length) = (0x90...0xBF, 4)
        case 0xF1...0xF3: (second, length) = (0x80...0xBF, 4)
        case 0xF4: (second, length) = (0x80...0x8F, 4)
        default: return 0
        }
        guard available >= length, second.contains(bytes[1]) else { return 0 }
        for offset in 2..<length where bytes[offset] & 0xC0 != 0x80 { return 0 }
        return length
    }
}
