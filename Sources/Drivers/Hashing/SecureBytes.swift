import CCrypto

/// What must be done with secrets in memory, by OpenSSL. May be called from any thread.
package enum SecureBytes {
    /// Whether two texts are equal, in a time that depends on their lengths alone.
    package static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return CRYPTO_memcmp(left, right, left.count) == 0
    }

    /// Overwrites memory in a way that no optimiser leaves out.
    package static func erase(_ bytes: UnsafeMutableRawBufferPointer) {
        OPENSSL_cleanse(bytes.baseAddress, bytes.count)
    }
}
