import FoundationEssentials
import HTTPClient

/// The CRC-32C of the whole object, as an answer's headers say it.
enum ServedChecksum {
    /// Google's `x-goog-hash: crc32c=n03x6A==,md5=…`, Amazon's `x-amz-checksum-crc32c` unless it is
    /// one of checksums of parts.
    static func crc32c(_ head: HTTPHead) -> UInt32? {
        for header in head.headers {
            switch header.name {
            case "x-goog-hash":
                for hash in header.value.split(separator: ",") {
                    guard let start = hash.firstRange(of: "crc32c=") else { continue }
                    return value(String(hash[start.upperBound...]))
                }
            case "x-amz-checksum-crc32c":
                guard (head["x-amz-checksum-type"] ?? "FULL_OBJECT") == "FULL_OBJECT" else {
                    continue
                }
                return value(header.value)
            default: continue
            }
        }
        return nil
    }

    /// Four bytes, the highest first, in Base64; nil for anything else.
    static func value(_ base64: String) -> UInt32? {
        guard let bytes = Data(base64Encoded: base64), bytes.count == 4 else { return nil }
        return bytes.reduce(0) { $0 << 8 | UInt32($1) }
    }
}
