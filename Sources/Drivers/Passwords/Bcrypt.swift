import CCrypt
import Hashing

/// The bcrypt hashes of systems before this one, by libcrypt (crypt(5)).
package enum Bcrypt {
    /// A hash that costs more is not computed: it doubles with each step, and 14 is a second.
    package static let highestCost = 14

    /// What libcrypt works in: the size of its `crypt_data`, which is fixed by its interface.
    private static let scratchBytes = 32_768

    /// Whether this is a hash that `matches` can tell: `$2b$10$` and 53 more characters, also of the
    /// kinds `2a` and `2y`.
    package static func isHash(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 60, bytes[0] == UInt8(ascii: "$"), bytes[1] == UInt8(ascii: "2"),
            [UInt8(ascii: "a"), UInt8(ascii: "b"), UInt8(ascii: "y")].contains(bytes[2]),
            bytes[3] == UInt8(ascii: "$"), bytes[6] == UInt8(ascii: "$"),
            let cost = Int(String(decoding: bytes[4..<6], as: UTF8.self))
        else { return false }
        return (4...highestCost).contains(cost)
    }

    /// Whether the hash is of this password. Blocks for its cost, 50 ms at a cost of 10: not for the
    /// cooperative pool. Only the first 72 bytes of a password count.
    package static func matches(_ password: String, hash: String) -> Bool {
        guard isHash(hash), !password.utf8.contains(0) else { return false }
        var scratch = [UInt8](repeating: 0, count: scratchBytes)
        let result = scratch.withUnsafeMutableBytes { scratch in
            // What is left in it comes of the password.
            defer { SecureBytes.erase(scratch) }
            return crypt_rn(password, hash, scratch.baseAddress, Int32(scratch.count))
                .map { Array(String(cString: $0).utf8) }
        }
        guard let result else { return false }
        return SecureBytes.areEqual(result, Array(hash.utf8))
    }
}
