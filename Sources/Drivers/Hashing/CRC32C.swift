/// CRC-32C, Castagnoli's polynomial (RFC 3720, appendix B.4), taken piece by piece.
package struct CRC32C: Sendable, Equatable {
    private var state: UInt32 = .max

    package init() {}

    /// The checksum of all that was taken.
    package var value: UInt32 { ~state }

    /// The checksum as Google writes it: four bytes, the highest first.
    package var bigEndianBytes: [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
    }

    /// Eight bytes a step, each through a table of its own ("slicing by 8", Kounavis and Berry).
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        var state = state
        var position = 0
        Self.tables.withUnsafeBufferPointer { table in
            while position &+ 8 <= bytes.count {
                let word = UInt64(
                    littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
                let mixed = word ^ UInt64(state)
                var next: UInt32 = 0
                for slice in 0..<8 {
                    let byte = Int(truncatingIfNeeded: (mixed >> UInt64(slice &* 8)) & 0xFF)
                    next ^= table[(7 &- slice) &* 256 &+ byte]
                }
                state = next
                position &+= 8
            }
            while position < bytes.count {
                state = (state >> 8) ^ table[Int((state ^ UInt32(bytes[position])) & 0xFF)]
                position &+= 1
            }
        }
        self.state = state
    }

    package static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var crc = CRC32C()
        bytes.withUnsafeBytes { crc.update($0) }
        return crc.value
    }

    /// Table `k`, at `256 * k`, moves a byte over `k` zero bytes.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var value = UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? (value >> 1) ^ 0x82F6_3B78 : value >> 1 }
            tables[byte] = value
        }
        for index in 256..<tables.count {
            let value = tables[index - 256]
            tables[index] = (value >> 8) ^ tables[Int(value & 0xFF)]
        }
        return tables
    }()
}
