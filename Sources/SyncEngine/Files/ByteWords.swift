/// Looks at eight bytes at a time (SIMD within a register).
///
/// Marks are top bits of bytes. The lowest mark is exact; those above it may be false, because a
/// borrow runs upwards. So only the first one is used.
enum ByteWords {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    static let tops: UInt64 = 0x8080_8080_8080_8080

    static let quotes = repeated(UInt8(ascii: "\""))
    static let commas = repeated(UInt8(ascii: ","))
    static let backslashes = repeated(UInt8(ascii: "\\"))
    static let deletes = repeated(0x7F)

    static func repeated(_ byte: UInt8) -> UInt64 { UInt64(byte) &* ones }

    @inline(__always)
    static func load(_ start: UnsafePointer<UInt8>, _ offset: Int) -> UInt64 {
        UInt64(
            littleEndian: UnsafeRawPointer(start).loadUnaligned(
                fromByteOffset: offset, as: UInt64.self))
    }

    /// Marks the bytes that equal the one that `pattern` repeats.
    @inline(__always)
    static func marks(_ pattern: UInt64, in word: UInt64) -> UInt64 {
        let difference = word ^ pattern
        return (difference &- ones) & ~difference & tops
    }

    /// Marks the bytes below 0x20: C0 controls, so line ends and NUL too.
    @inline(__always)
    static func controlMarks(in word: UInt64) -> UInt64 {
        (word &- 0x2020_2020_2020_2020) & ~word & tops
    }

    /// The position in the word of the lowest mark, 0 to 7; 8 if there is none.
    @inline(__always)
    static func position(of marks: UInt64) -> Int {
        marks.trailingZeroBitCount >> 3
    }
}
