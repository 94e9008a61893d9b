import CCrypto

/// HMAC with SHA-256 (RFC 2104), by OpenSSL. May be called from any thread.
package enum HMACSHA256 {
    /// The 32 bytes that authenticate `message` to whoever has the key.
    package static func authenticate(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: SHA256.byteCount) { buffer, count in
            var length: UInt32 = 0
            guard
                HMAC(
                    EVP_sha256(), key, Int32(key.count), message, message.count,
                    buffer.baseAddress, &length) != nil
            else { fatalError("libcrypto failed to compute HMAC: out of memory") }
            count = Int(length)
        }
    }
}
