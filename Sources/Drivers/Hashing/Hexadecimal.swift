extension [UInt8] {
    /// Two lower-case digits for each byte.
    package var hexadecimal: String {
        String(unsafeUninitializedCapacity: count * 2) { buffer in
            var position = 0
            for byte in self {
                buffer[position] = Self.digit(byte >> 4)
                buffer[position + 1] = Self.digit(byte & 15)
                position += 2
            }
            return position
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x57 + value
    }
}
