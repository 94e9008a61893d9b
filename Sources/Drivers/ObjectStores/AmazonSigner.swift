import Glibc
import HTTPClient
import Hashing

/// Signs requests for S3 (AWS Signature Version 4,
/// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html).
struct AmazonSigner: RequestSigner {
    let keys: AmazonKeys
    let region: String
    /// Seconds since 1970.
    var now: @Sendable () -> Int = { time(nil) }

    var who: String { keys.description }

    /// Of a request without a body.
    private static let emptyHash = SHA256.hexadecimal([])

    func forget() -> Bool { false }

    func sign(_ request: HTTPRequest) -> SignedRequest {
        let time = Self.timestamp(now())
        var request = request
        request.headers += [("x-amz-content-sha256", Self.emptyHash), ("x-amz-date", time)]
        if let token = keys.sessionToken { request.headers.append(("x-amz-security-token", token)) }
        let (host, path, query) = Self.parts(of: request.url)
        let headers = (request.headers + [("host", host)])
            .map { (name: $0.name.lowercased(), value: $0.value) }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        let names = headers.map(\.name).joined(separator: ";")
        let canonical =
            [request.method, path, query]
            + headers.map { "\($0.name):\($0.value)" } + ["", names, Self.emptyHash]
        let scope = "\(time.prefix(8))/\(region)/s3/aws4_request"
        let hash = SHA256.hexadecimal(Array(canonical.joined(separator: "\n").utf8))
        let text = "AWS4-HMAC-SHA256\n\(time)\n\(scope)\n\(hash)"
        let signature = HMACSHA256.authenticate(
            Array(text.utf8), key: signingKey(day: String(time.prefix(8)))
        ).hexadecimal
        request.headers.append(
            (
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=\(keys.id)/\(scope),SignedHeaders=\(names),"
                    + "Signature=\(signature)"
            ))
        let secrets = [keys.secret, keys.sessionToken, signature].compactMap { $0 }
        return SignedRequest(request, secrets: secrets)
    }

    private func signingKey(day: String) -> [UInt8] {
        [day, region, "s3", "aws4_request"].reduce(Array("AWS4\(keys.secret)".utf8)) { key, part in
            HMACSHA256.authenticate(Array(part.utf8), key: key)
        }
    }

    /// The host, the path and the sorted query of an address, all as they are sent.
    private static func parts(of url: String) -> (host: String, path: String, query: String) {
        let start = url.firstRange(of: "://")?.upperBound ?? url.startIndex
        let rest = url[start...]
        let target = rest.drop { $0 != "/" }
        let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let query = halves.count > 1 ? halves[1].split(separator: "&") : []
        let sorted = query.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return (
            String(rest.prefix { $0 != "/" }), halves.first.map(String.init) ?? "/",
            sorted.joined(separator: "&")
        )
    }

    /// `20130524T000000Z`.
    private static func timestamp(_ seconds: Int) -> String {
        var seconds = time_t(seconds)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func padded(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let day = "\(parts.tm_year + 1_900)\(padded(parts.tm_mon + 1))\(padded(parts.tm_mday))"
        return "\(day)T\(padded(parts.tm_hour))\(padded(parts.tm_min))\(padded(parts.tm_sec))Z"
    }
}
