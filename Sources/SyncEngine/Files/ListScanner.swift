/// Reads the texts of a JSON array of strings out of a cell, where it lies.
///
/// In a quoted cell every quote of the JSON is doubled. Texts without escapes, nearly all, are
/// lent as they lie there; others are written to the scratch buffer. Anything but an array of
/// strings is malformed, as are `\u0000` and halves of surrogate pairs, which cannot be stored.
struct ListScanner {
    enum Step {
        /// Valid until the next step.
        case text(CellBytes)
        case end
        case malformed
    }

    private let start: UnsafePointer<UInt8>
    private let count: Int
    /// Bytes that a quote takes.
    private let quoteLength: Int
    private var position = 0
    private var hasBegun = false
    /// Whether one of the texts so far had escapes.
    private(set) var hasEscapes = false

    /// - Parameter cell: not empty: an empty one means an empty list.
    @inline(__always)
    init(_ cell: CellBytes, isDoubled: Bool) {
        start = cell.start
        count = cell.count
        quoteLength = isDoubled ? 2 : 1
    }

    @inline(__always)
    mutating func next(_ scratch: inout ScratchBuffer) -> Step {
        var byte = significant()
        if !hasBegun {
            hasBegun = true
            guard byte == UInt8(ascii: "[") else { return .malformed }
            position &+= 1
            byte = significant()
            if byte == UInt8(ascii: "]") { return end() }
        } else if byte == UInt8(ascii: ",") {
            position &+= 1
            byte = significant()
        } else {
            return byte == UInt8(ascii: "]") ? end() : .malformed
        }
        guard byte == UInt8(ascii: "\"") else { return .malformed }
        position &+= quoteLength
        return text(&scratch)
    }

    /// The next byte that is no white space; 0 at the end.
    @inline(__always)
    private mutating func significant() -> UInt8 {
        while position < count {
            switch start[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                position &+= 1
            case let byte: return byte
            }
        }
        return 0
    }

    private mutating func end() -> Step {
        position &+= 1
        return significant() == 0 && position == count ? .end : .malformed
    }

    @inline(__always)
    private mutating func text(_ scratch: inout ScratchBuffer) -> Step {
        let first = position
        var here = position
        while here < count {
            let word = ByteWords.load(start, here)
            let marks =
                ByteWords.marks(ByteWords.quotes, in: word)
                | ByteWords.marks(ByteWords.backslashes, in: word)
                | ByteWords.controlMarks(in: word)
            if marks == 0 {
                here &+= 8
                continue
            }
            here &+= ByteWords.position(of: marks)
            guard here < count else { return .malformed }
            switch start[here] {
            case UInt8(ascii: "\""):
                position = here &+ quoteLength
                return .text(CellBytes(start: start + first, count: here &- first))
            case UInt8(ascii: "\\"): return escaped(from: first, &scratch)
            default: return .malformed
            }
        }
        return .malformed
    }

    /// The text from `first` on with its escapes resolved.
    private mutating func escaped(from first: Int, _ scratch: inout ScratchBuffer) -> Step {
        hasEscapes = true
        // No escape is shorter than what it stands for.
        scratch.reserve(count - first)
        let text = scratch.start
        var written = 0
        position = first
        while position < count {
            let byte = start[position]
            switch byte {
            case UInt8(ascii: "\""):
                position += quoteLength
                return .text(CellBytes(start: text, count: written))
            case UInt8(ascii: "\\"):
                position += 1
                guard let scalar = escape() else { return .malformed }
                for unit in scalar.utf8 {
                    text[written] = unit
                    written += 1
                }
            case 0..<0x20: return .malformed
            default:
                text[written] = byte
                written += 1
                position += 1
            }
        }
        return .malformed
    }

    /// What stands behind a backslash.
    private mutating func escape() -> Unicode.Scalar? {
        guard position < count else { return nil }
        let byte = start[position]
        position += byte == UInt8(ascii: "\"") ? quoteLength : 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
            return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return unicodeEscape()
        default: return nil
        }
    }

    private mutating func unicodeEscape() -> Unicode.Scalar? {
        guard let high = hexadecimal(), high != 0 else { return nil }
        guard (0xD800...0xDBFF).contains(high) else { return Unicode.Scalar(high) }
        guard position + 1 < count, start[position] == UInt8(ascii: "\\"),
            start[position + 1] == UInt8(ascii: "u")
        else { return nil }
        position += 2
        guard let low = hexadecimal(), (0xDC00...0xDFFF).contains(low) else { return nil }
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    }

    private mutating func hexadecimal() -> UInt32? {
        guard position + 4 <= count else { return nil }
        var value: UInt32 = 0
        for offset in 0..<4 {
            guard let digit = Unicode.Scalar(start[position + offset]).hexDigitValue else {
                return nil
            }
            value = value << 4 | digit
        }
        position += 4
        return value
    }
}

extension Unicode.Scalar {
    fileprivate var hexDigitValue: UInt32? {
        switch self {
        case "0"..."9": value - 0x30
        case "a"..."f": value - 0x57
        case "A"..."F": value - 0x37
        default: nil
        }
    }
}
