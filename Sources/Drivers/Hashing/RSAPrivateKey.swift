import CCrypto

/// An RSA key that signs. Its bytes stay inside libcrypto.
///
/// Safe to share: a key is not changed after it was read, and each signature has a context of its
/// own.
package final class RSAPrivateKey: @unchecked Sendable {
    private let key: OpaquePointer

    /// Reads an unencrypted key in PEM (PKCS #8 or PKCS #1); nil if it is none, or no RSA key.
    package init?(pem: String) {
        let bytes = Array(pem.utf8)
        guard let source = BIO_new_mem_buf(bytes, Int32(bytes.count)) else { return nil }
        defer { BIO_free(source) }
        // Without a callback libcrypto would ask at the terminal for an encrypted key's password.
        guard let key = PEM_read_bio_PrivateKey(source, nil, { _, _, _, _ in -1 }, nil) else {
            ERR_clear_error()
            return nil
        }
        self.key = key
        guard EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA else { return nil }
    }

    /// RS256 (RFC 7518): RSASSA-PKCS1-v1_5 with SHA-256. Nil if libcrypto cannot sign with the key.
    package func signature(of message: [UInt8]) -> [UInt8]? {
        guard let context = EVP_MD_CTX_new() else { return nil }
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key) == 1 else { return nil }
        var length = 0
        guard EVP_DigestSign(context, nil, &length, message, message.count) == 1 else { return nil }
        var signature = [UInt8](repeating: 0, count: length)
        guard EVP_DigestSign(context, &signature, &length, message, message.count) == 1 else {
            return nil
        }
        return Array(signature.prefix(length))
    }

    deinit {
        EVP_PKEY_free(key)
    }
}
