import CCrypto

/// SHA-256 (FIPS 180-4), by OpenSSL. May be called from any thread.
package enum SHA256 {
    package static let byteCount = 32

    /// Looked up once: a look-up costs more than the hash of a kilobyte.
    private static let algorithm = Algorithm()

    /// The 32 bytes of the hash.
    package static func hash(_ bytes: [UInt8]) -> [UInt8] {
        bytes.withUnsafeBytes { hash($0) }
    }

    /// The 32 bytes of the hash.
    package static func hash(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            guard
                EVP_Digest(
                    bytes.baseAddress, bytes.count, buffer.baseAddress, nil, algorithm.pointer, nil)
                    == 1
            else { fatalError("libcrypto failed to compute SHA-256: out of memory") }
            count = byteCount
        }
    }

    /// The hash as 64 lower-case digits.
    package static func hexadecimal(_ bytes: [UInt8]) -> String {
        hash(bytes).hexadecimal
    }

    /// Safe to share: OpenSSL's fetched algorithms are immutable and counted by reference.
    private final class Algorithm: @unchecked Sendable {
        let pointer: OpaquePointer

        init() {
            guard let pointer = EVP_MD_fetch(nil, "SHA256", nil) else {
                fatalError("libcrypto on this machine has no SHA-256")
            }
            self.pointer = pointer
        }

        deinit {
            EVP_MD_free(pointer)
        }
    }
}
