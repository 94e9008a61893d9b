import Hashing
import Passwords

/// An agent's bearer token, as it is shown; what is stored of it is its hash alone.
struct AgentToken: Sendable {
    /// A secret.
    let text: String

    static let lengths = 16...512

    /// From the header `Authorization`; nil where it holds no bearer token. Its letters are those of
    /// RFC 6750 and any other visible ASCII.
    init?(authorization: String?) {
        guard let authorization else { return nil }
        let parts = authorization.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        self.init(String(parts[1]))
    }

    /// Nil for what cannot be one: too short, too long, or not of visible ASCII.
    init?(_ text: String) {
        guard Self.lengths.contains(text.utf8.count),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        self.text = text
    }

    /// What is stored: `sha256:` and 64 digits.
    var storedForm: String { "sha256:" + SHA256.hexadecimal(Array(text.utf8)) }

    /// What can be said without the cost of a bcrypt.
    enum Comparison: Sendable, Equatable {
        case equal
        case different
        /// A hash of the system before: only libcrypt can tell.
        case needsBcrypt
    }

    /// Compares with what is stored, in a time that does not depend on how much is right.
    func compare(with stored: String) -> Comparison {
        if Bcrypt.isHash(stored) { return .needsBcrypt }
        return SecureBytes.areEqual(Array(storedForm.utf8), Array(stored.utf8))
            ? .equal : .different
    }
}

extension AgentToken {
    /// Why a token is too easy to guess to be taken; nil if it has 128 bits as far as its letters tell.
    ///
    /// Letters are taken as drawn from the smallest usual alphabet that has them all, so that 32
    /// hexadecimal digits or 22 letters of base64 are enough. That is an upper bound of what can be
    /// told from outside: repetition is looked for besides, words are not.
    var weakness: String? {
        let bits = Double(text.utf8.count) * Self.bitsPerLetter(text)
        guard bits >= 128 else {
            return "has \(Int(bits)) bits at most: 128 are needed, such as 32 random hexadecimal"
                + " digits"
        }
        guard Set(text.utf8).count >= 8 else { return "repeats a few letters: draw it at random" }
        guard !Self.repeatsItself(Array(text.utf8)) else {
            return "repeats itself: draw it at random"
        }
        return nil
    }

    /// log2 of the size of the alphabet.
    private static func bitsPerLetter(_ text: String) -> Double {
        let letters = text.utf8.filter { $0 != UInt8(ascii: "-") }
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        func all(_ ranges: ClosedRange<UInt8>...) -> Bool {
            letters.allSatisfy { letter in ranges.contains { $0.contains(letter) } }
        }
        let (small, large) = (
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z")
        )
        let hexadecimal = (
            UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F")
        )
        if all(digits) { return 3.32 }
        if all(digits, hexadecimal.0) || all(digits, hexadecimal.1) { return 4 }
        if all(small) || all(large) { return 4.7 }
        if all(digits, small) || all(digits, large) { return 5.17 }
        return all(digits, small, large) ? 5.95 : 6
    }

    /// Whether it is a shorter text over and over.
    private static func repeatsItself(_ bytes: [UInt8]) -> Bool {
        (1...max(1, bytes.count / 2)).contains { period in
            bytes.indices.dropFirst(period).allSatisfy { bytes[$0] == bytes[$0 - period] }
        }
    }
}
