/// The pass over the bytes that checks them and writes the tape.
///
/// Not recursive: the depth of the data must not become the depth of the stack.
struct JSONParser {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0
    var tape: [JSONNode] = []
    var isStorableAsJSONB = true
    /// Tape indices of the containers that are open.
    private var open: [Int] = []

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    mutating func parse() throws(JSONParseError) {
        guard !bytes.isEmpty else { throw error(.empty) }
        guard bytes.count < Int(UInt32.max) else { throw error(.tooLong) }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw error(.byteOrderMark) }
        // A guess that fits messages of short texts; the array grows where it does not.
        tape.reserveCapacity(min(bytes.count / 12, 1 << 20) + 8)
        repeat {
            try value()
        } while try !isClosed()
        skipWhitespace()
        guard position == bytes.count else { throw error(.trailingText) }
    }

    func error(_ reason: JSONParseError.Reason) -> JSONParseError {
        JSONParseError(reason: reason, position: position)
    }

    /// Reads the next value, or the beginning of containers down to the first value in them.
    private mutating func value() throws(JSONParseError) {
        while true {
            let byte = try token()
            switch byte {
            case UInt8(ascii: "\""): return try text()
            case UInt8(ascii: "{"):
                try begin(.object)
                if try take(UInt8(ascii: "}")) { return end() }
                try key()
            case UInt8(ascii: "["):
                try begin(.array)
                if try take(UInt8(ascii: "]")) { return end() }
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
            case UInt8(ascii: "t"): return try word("true", .bool)
            case UInt8(ascii: "f"): return try word("false", .bool)
            case UInt8(ascii: "n"): return try word("null", .null)
            default: throw error(.expectedValue)
            }
        }
    }

    /// After a value: closes what ends here and reads up to the next value. True if all is closed.
    private mutating func isClosed() throws(JSONParseError) -> Bool {
        while let container = open.last {
            let isObject = tape[container].kind == .object
            let byte = try token()
            if byte == UInt8(ascii: ",") {
                position += 1
                if isObject { try key() }
                return false
            }
            guard byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                throw error(.expectedCommaOrEnd)
            }
            position += 1
            end()
        }
        return true
    }

    private mutating func begin(_ kind: JSONKind) throws(JSONParseError) {
        guard open.count < JSONDocument.maximumDepth else { throw error(.tooDeep) }
        open.append(tape.count)
        append(kind, from: position, to: position)
        position += 1
    }

    private mutating func end() {
        let container = open.removeLast()
        tape[container].end = UInt32(truncatingIfNeeded: position)
        tape[container].next = UInt32(truncatingIfNeeded: tape.count)
    }

    private mutating func key() throws(JSONParseError) {
        guard try token() == UInt8(ascii: "\"") else { throw error(.expectedKey) }
        try text()
        guard try take(UInt8(ascii: ":")) else { throw error(.expectedColon) }
    }

    private mutating func word(_ word: StaticString, _ kind: JSONKind) throws(JSONParseError) {
        let start = position
        for offset in 0..<word.utf8CodeUnitCount {
            guard position < bytes.count else { throw error(.unexpectedEnd) }
            guard bytes[position] == word.utf8Start[offset] else { throw error(.expectedValue) }
            position += 1
        }
        append(kind, from: start, to: position)
    }

    /// Writes a node without content; lengths fit because `parse` refused longer texts.
    mutating func append(
        _ kind: JSONKind, from start: Int, to end: Int, flags: JSONNode.Flags = []
    ) {
        tape.append(
            JSONNode(
                start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
                next: UInt32(truncatingIfNeeded: tape.count + 1), kind: kind, flags: flags))
    }

    /// The next byte that is not white space, without taking it.
    private mutating func token() throws(JSONParseError) -> UInt8 {
        skipWhitespace()
        guard position < bytes.count else { throw error(.unexpectedEnd) }
        return bytes[position]
    }

    private mutating func take(_ byte: UInt8) throws(JSONParseError) -> Bool {
        skipWhitespace()
        guard position < bytes.count else { throw error(.unexpectedEnd) }
        guard bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipWhitespace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }
}
