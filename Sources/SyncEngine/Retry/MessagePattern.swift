/// A message without its values.
package enum MessagePattern {
    /// Only the beginning counts: what a server quotes at length is a value.
    private static let maximumBytes = 500

    /// `message` with quoted parts as `<text>`, numbers and times as `<n>`, identifiers as `<id>`
    /// (UUIDs and long hexadecimal words), and other words with a digit, such as service codes, as
    /// `<code>`. White space is collapsed.
    package static func pattern(of message: String) -> String {
        let bytes = Array(message.utf8.prefix(maximumBytes))
        var result: [UInt8] = []
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            if let end = quotedEnd(in: bytes, from: position) {
                result.append(contentsOf: "<text>".utf8)
                position = end
            } else if isWordByte(byte) {
                let end = bytes[position...].firstIndex { !isWordByte($0) } ?? bytes.count
                result.append(contentsOf: replacement(for: bytes[position..<end]))
                position = end
            } else {
                let isSpace = byte <= 0x20
                if !isSpace {
                    result.append(byte)
                } else if result.last != 0x20 {
                    result.append(0x20)
                }
                position += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The index after the closing quote of a quoted part that begins at `start`.
    ///
    /// An apostrophe inside a word is no quote. A part that is cut off reaches to the end.
    private static func quotedEnd(in bytes: [UInt8], from start: Int) -> Int? {
        let quote = bytes[start]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
        if quote == UInt8(ascii: "'"), start > 0, isWordByte(bytes[start - 1]) { return nil }
        var index = start + 1
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\\") {
                index += 2
            } else if bytes[index] == quote {
                return index + 1
            } else {
                index += 1
            }
        }
        return bytes.count
    }

    private static func replacement(for word: ArraySlice<UInt8>) -> [UInt8] {
        // What closes a sentence is not part of the word.
        let core = word.trimmingSuffix(while: { ".:".utf8.contains($0) })
        let tail = word[core.endIndex...]
        let hexCount = core.filter(isHexDigit).count
        let isAllHex = core.allSatisfy { isHexDigit($0) || $0 == UInt8(ascii: "-") }
        guard core.contains(where: isDigit) || (isAllHex && hexCount >= 16) else {
            return Array(word)
        }
        let sign: String
        if core.allSatisfy(isNumeric), core.filter(isDigit).count < 16 {
            sign = "<n>"
        } else if isAllHex, hexCount >= 8 {
            sign = "<id>"
        } else if core.starts(with: "0x".utf8) {
            sign = "<id>"
        } else {
            sign = isTime(core) ? "<n>" : "<code>"
        }
        return Array(sign.utf8) + Array(tail)
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
            true
        default: "_-.:+/%".utf8.contains(byte)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }

    private static func isNumeric(_ byte: UInt8) -> Bool {
        isDigit(byte) || "-+.:/%".utf8.contains(byte)
    }

    /// `2025-01-17T10:30:00.123456Z` and its like.
    private static func isTime(_ word: ArraySlice<UInt8>) -> Bool {
        word.count >= 16 && word.allSatisfy { isNumeric($0) || "TZtz".utf8.contains($0) }
    }
}

extension ArraySlice<UInt8> {
    fileprivate func trimmingSuffix(while isTrimmed: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        guard let last = lastIndex(where: { !isTrimmed($0) }) else { return prefix(0) }
        return self[...last]
    }
}
