/// What failures of the same kind have in common, so that letters can be grouped.
///
/// Made of the reason, the place and the message without its values: two services that fail for
/// the same cause have the same fingerprint, in every process and version.
package struct FailureFingerprint: Hashable, Sendable {
    /// The reason and sixteen hexadecimal digits: `invalid-3f0c9a5b7d21e684`.
    package let value: String
    /// The message with its values replaced: `<code> does not exist`.
    package let pattern: String

    /// - Parameters:
    ///   - reason: the letter's reason, `invalid`.
    ///   - place: where it failed, without positions: `data.scopeIncluded`.
    ///   - message: what was said about it.
    package init(reason: String, place: String, message: String) {
        pattern = MessagePattern.pattern(of: message)
        // FNV-1a, 64 bits: stable across processes, which Swift's own hashing is not. U+001F keeps
        // the parts apart.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in "\(reason)\u{1F}\(place)\u{1F}\(pattern)".utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        let digits = String(hash, radix: 16)
        value = "\(reason)-" + String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
