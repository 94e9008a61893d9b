import Foundation

/// Hashes of texts that are equal for canonically equivalent texts, as `CanonicalForm` has it.
enum ContentDigestText {
    /// The hash of the NFC of a text in UTF-8.
    @inline(__always)
    static func hash(_ text: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
        isBelowU0300(text)
            ? ContentDigestHash.bytes(text, seed: seed) : hashBeyondU0300(text, seed: seed)
    }

    static func hash(_ text: String, seed: UInt64) -> UInt64 {
        var text = text
        return text.withUTF8 { hash(UnsafeRawBufferPointer($0), seed: seed) }
    }

    /// Whether no byte is 0xCC or more: nothing below U+0300 changes under NFC.
    @inline(__always)
    static func isBelowU0300(_ text: UnsafeRawBufferPointer) -> Bool {
        guard let start = text.baseAddress else { return true }
        var found: UInt64 = 0
        var position = 0
        while position &+ 8 <= text.count {
            let word = start.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            // The lower seven bits reach 0x80 if they were 0x4C or more, and the top bit was set.
            found |= ((word & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x3434_3434_3434_3434) & word
            position &+= 8
        }
        while position < text.count {
            if start.load(fromByteOffset: position, as: UInt8.self) >= 0xCC { return false }
            position &+= 1
        }
        return found & 0x8080_8080_8080_8080 == 0
    }

    @inline(never)
    private static func hashBeyondU0300(_ text: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
        if isKnownNormal(text) { return ContentDigestHash.bytes(text, seed: seed) }
        var normal = String(decoding: text, as: UTF8.self).precomposedStringWithCanonicalMapping
        return normal.withUTF8 {
            ContentDigestHash.bytes(UnsafeRawBufferPointer($0), seed: seed)
        }
    }

    /// Whether every scalar is one of the common ones that never change under NFC and never join
    /// the one before: then there is no need to ask the tables. False says nothing.
    static func isKnownNormal(_ text: UnsafeRawBufferPointer) -> Bool {
        var position = 0
        let count = text.count
        while position < count {
            let byte = text[position]
            if byte < 0xCC {
                position += 1
                continue
            }
            let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
            guard position + length <= count else { return false }
            var scalar = UInt32(byte) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
            for offset in 1..<length {
                scalar = scalar << 6 | UInt32(text[position + offset]) & 0x3F
            }
            guard isKnownNormal(scalar) else { return false }
            position += length
        }
        return true
    }

    /// Punctuation, currencies, Cyrillic, Greek letters, Vietnamese, ideographs, Hangul syllables,
    /// pictographs: starters whose NFC is themselves.
    static func isKnownNormal(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x0000...0x02FF, 0x0391...0x03A1, 0x03A3...0x03CE, 0x0400...0x0482, 0x1E00...0x1E99,
            0x1EA0...0x1EF9, 0x200B...0x2027, 0x2030...0x205E, 0x20A0...0x20BF, 0x2190...0x21FF,
            0x2460...0x24FF, 0x2500...0x26FF, 0x3041...0x3096, 0x30A1...0x30FA, 0x4E00...0x9FA5,
            0xAC00...0xD7A3, 0xFE00...0xFE0F, 0x1F300...0x1F64F, 0x1F680...0x1F6C5:
            true
        default: false
        }
    }
}
