/// A fast 64-bit hash by folded multiplication: two words are multiplied to 128 bits, and the
/// halves of the product are laid over each other.
///
/// It is not cryptographic: whoever knows it can make two texts that hash alike, and gains that one
/// changed service counts as equal to the file until its next change. 64 bits suffice because each
/// service is compared with one row only: among ten million services that all differ, the chance
/// that one of them is taken for equal is 1 in 10^12.
///
/// The values are stored: changing anything here wants another `ContentDigest.version`.
enum ContentDigestHash {
    // The fractional parts of the square roots of 2, 3, 5 and 7, made odd.
    static let first: UInt64 = 0x6A09_E667_F3BC_C909
    private static let second: UInt64 = 0xBB67_AE85_84CA_A73B
    private static let third: UInt64 = 0x3C6E_F372_FE94_F82B
    private static let fourth: UInt64 = 0xA54F_F53A_5F1D_36F1

    /// The hash of some bytes and of how many they are.
    @inline(__always)
    static func bytes(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
        guard let start = bytes.baseAddress, bytes.count > 0 else {
            return fold(seed ^ first, third)
        }
        return self.bytes(start, count: bytes.count, seed: seed)
    }

    @inline(__always)
    static func bytes(_ start: UnsafeRawPointer, count: Int, seed: UInt64) -> UInt64 {
        var state = seed ^ first
        var low: UInt64
        var high: UInt64
        if count > 16 {
            var position = 0
            while position &+ 16 < count {
                state = fold(
                    word(start, position) ^ second, word(start, position &+ 8) ^ state)
                position &+= 16
            }
            // The last 16 bytes, some of them for the second time.
            low = word(start, count &- 16)
            high = word(start, count &- 8)
        } else if count >= 8 {
            low = word(start, 0)
            high = word(start, count &- 8)
        } else if count >= 4 {
            low = UInt64(half(start, 0))
            high = UInt64(half(start, count &- 4))
        } else if count > 0 {
            low = UInt64(start.load(as: UInt8.self))
            low |= UInt64(start.load(fromByteOffset: count >> 1, as: UInt8.self)) << 8
            high = UInt64(start.load(fromByteOffset: count &- 1, as: UInt8.self))
        } else {
            return fold(state, third)
        }
        state = fold(low ^ second, high ^ state)
        return fold(state ^ third, UInt64(truncatingIfNeeded: count) ^ fourth)
    }

    /// Adds one value to a sequence; the order counts.
    @inline(__always)
    static func append(_ value: UInt64, to state: UInt64) -> UInt64 {
        fold(state ^ second, value ^ fourth)
    }

    @inline(__always)
    private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }

    @inline(__always)
    private static func word(_ start: UnsafeRawPointer, _ offset: Int) -> UInt64 {
        UInt64(littleEndian: start.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    @inline(__always)
    private static func half(_ start: UnsafeRawPointer, _ offset: Int) -> UInt32 {
        UInt32(littleEndian: start.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
}
