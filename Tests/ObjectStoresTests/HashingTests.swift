import Hashing
import Testing

@Suite("Checksums and signatures")
struct HashingTests {
    @Test(
        "CRC-32C gives the vectors of RFC 3720",
        arguments: [
            ([], 0), (Array("123456789".utf8), 0xE306_9283),
            ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
            ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
            (Array(0..<32), 0x46DD_794E), (Array((0..<32).reversed()), 0x113F_DB5C),
        ] as [([UInt8], UInt32)])
    func castagnoli(_ bytes: [UInt8], _ expected: UInt32) {
        #expect(CRC32C.checksum(bytes) == expected)
    }

    @Test("CRC-32C of pieces is that of the whole")
    func pieces() {
        let bytes = sample(1_000)
        for cut in [0, 1, 7, 8, 9, 500, 999, 1_000] {
            var crc = CRC32C()
            bytes.withUnsafeBytes { all in
                crc.update(UnsafeRawBufferPointer(rebasing: all[..<cut]))
                crc.update(UnsafeRawBufferPointer(rebasing: all[cut...]))
            }
            #expect(crc.value == CRC32C.checksum(bytes))
        }
    }

    @Test(
        "HMAC with SHA-256 gives the vectors of RFC 4231",
        arguments: [
            (
                [UInt8](repeating: 0x0B, count: 20), "Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                Array("Jefe".utf8), "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                [UInt8](repeating: 0xAA, count: 131),
                "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ])
    func authenticates(_ key: [UInt8], _ message: String, _ expected: String) {
        let code = HMACSHA256.authenticate(Array(message.utf8), key: key)
        #expect(code.hexadecimal == expected)
    }

    @Test("what is no unencrypted RSA key is refused", arguments: ["", "-----BEGIN", "x\ny"])
    func keys(_ pem: String) {
        #expect(RSAPrivateKey(pem: pem) == nil)
    }
}
