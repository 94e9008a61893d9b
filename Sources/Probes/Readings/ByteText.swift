/// Bytes from outside as text that can be shown and compared.
package enum ByteText {
    /// The text if the bytes are valid UTF-8; otherwise ASCII as it is and every other byte as
    /// `\xNN`, so that nothing is lost or invented.
    package static func readable(_ bytes: [UInt8]) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var escaped: [UInt8] = []
        escaped.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            if byte < 0x80 {
                escaped.append(byte)
            } else {
                escaped += [
                    UInt8(ascii: "\\"), UInt8(ascii: "x"), digit(byte >> 4), digit(byte & 15),
                ]
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    /// What PostgreSQL's `encode(…, 'escape')` says: NUL and bytes beyond ASCII as `\nnn` in octal,
    /// a backslash doubled.
    static func escaped(_ bytes: some Sequence<UInt8>) -> String {
        var escaped: [UInt8] = []
        for byte in bytes {
            switch byte {
            case 0, 0x80...:
                escaped.append(UInt8(ascii: "\\"))
                for shift in [6, 3, 0] { escaped.append(UInt8(ascii: "0") + (byte >> shift & 7)) }
            case UInt8(ascii: "\\"): escaped += [byte, byte]
            default: escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }
}
