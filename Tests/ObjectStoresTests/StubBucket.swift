import FoundationEssentials
import Hashing
import ObjectStores
import Synchronization
import TestSupport

/// Google's side of a bucket with one object, as far as a stub plays it.
final class StubBucket: Sendable {
    let content: [UInt8]
    let generation: Int64
    /// What the metadata say, right or wrong.
    let crc32c: UInt32
    let sizeBytes: Int64
    /// How the downloads go, in order; after the last one they go well.
    private let script: Mutex<[StubReply.Ending]>
    private let cutAt: Int

    init(
        _ content: [UInt8], generation: Int64 = 1_737_100_800_000_000, crc32c: UInt32? = nil,
        sizeBytes: Int64? = nil, cutAt: Int = 0, script: [StubReply.Ending] = []
    ) {
        self.content = content
        self.generation = generation
        self.crc32c = crc32c ?? CRC32C.checksum(content)
        self.sizeBytes = sizeBytes ?? Int64(content.count)
        self.cutAt = cutAt
        self.script = Mutex(script)
    }

    func answer(_ request: StubRequest) -> StubReply {
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

    var metadata: String {
        let bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: crc32c >> UInt32($0)) }
        return """
            {"name": "exports/a.csv", "generation": "\(generation)", "size": "\(sizeBytes)",
             "timeCreated": "2025-01-17T03:04:05.678Z", "updated": "2025-02-01T00:00:00Z",
             "crc32c": "\(Data(bytes).base64EncodedString())"}
            """
    }
}

/// Impatient, for servers that fail on purpose.
func quickSettings(
    _ server: StubHTTPServer, environment: [String: String] = [:],
    _ change: (inout ObjectStoreSettings) -> Void = { _ in }
) -> ObjectStoreSettings {
    var settings = ObjectStoreSettings(environment: environment)
    settings.google.endpoint = server.url
    settings.patience.firstPause = .milliseconds(1)
    settings.patience.attempts = 3
    settings.patience.progressBytes = 1_000
    settings.patience.answerTime = .seconds(20)
    change(&settings)
    return settings
}

func openBucket(_ settings: ObjectStoreSettings) throws -> any ObjectStore {
    try ObjectStoreFactory.open(
        .google(bucket: "bucket", prefix: "exports/"), settings: settings)
}

/// Bytes that no two places share by accident.
func sample(_ count: Int) -> [UInt8] {
    var state: UInt32 = 1
    return (0..<count).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return UInt8(truncatingIfNeeded: state >> 24)
    }
}
