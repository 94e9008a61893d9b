import FoundationEssentials
import Synchronization

/// Google's side of a bucket with one object, as far as a stub plays it.
package final class StubBucket: Sendable {
    package let content: [UInt8]
    package let generation: Int64
    /// What the metadata say, right or wrong.
    package let crc32c: UInt32
    package let sizeBytes: Int64
    /// How the downloads go, in order; after the last one they go well.
    private let script: Mutex<[StubReply.Ending]>
    private let cutAt: Int

    package init(
        _ content: [UInt8], generation: Int64 = 1_737_100_800_000_000, crc32c: UInt32? = nil,
        sizeBytes: Int64? = nil, cutAt: Int = 0, script: [StubReply.Ending] = []
    ) {
        self.content = content
        self.generation = generation
        self.crc32c = crc32c ?? Self.checksum(content)
        self.sizeBytes = sizeBytes ?? Int64(content.count)
        self.cutAt = cutAt
        self.script = Mutex(script)
    }

    package func answer(_ request: StubRequest) -> StubReply {
        guard request.query["alt"] == "media" else {
            return StubReply(200, json: metadata)
        }
        let ending = script.withLock { $0.isEmpty ? .complete : $0.removeFirst() }
        var start = 0
        if let range = request.headers["range"], let first = Int(range.dropFirst(6).dropLast()) {
            start = first
        }
        let body = Array(content[start...])
        var headers = [("x-goog-generation", "\(generation)")]
        if start > 0 {
            headers.append(
                ("Content-Range", "bytes \(start)-\(content.count - 1)/\(content.count)"))
        }
        var sent = body.count
        if case .complete = ending {} else { sent = min(cutAt, body.count) }
        return StubReply(
            start > 0 ? 206 : 200, headers: headers, body: body, sentBytes: sent, ending: ending)
    }

    package var metadata: String {
        """
        {"name": "exports/a.csv", "generation": "\(generation)", "size": "\(sizeBytes)",
         "timeCreated": "2025-01-17T03:04:05.678Z", "updated": "2025-02-01T00:00:00Z",
         "crc32c": "\(Self.base64(crc32c))"}
        """
    }

    /// CRC-32C bit by bit: another way than the one that is tested.
    package static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var crc: UInt32 = ~0
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 1 ? 0x82F6_3B78 : 0) }
        }
        return ~crc
    }

    /// A checksum as both vendors write it: four bytes, the highest first, in Base64.
    package static func base64(_ checksum: UInt32) -> String {
        let bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: checksum >> UInt32($0)) }
        return Data(bytes).base64EncodedString()
    }
}
