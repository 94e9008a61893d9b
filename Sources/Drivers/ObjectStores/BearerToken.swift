import FoundationEssentials
import HTTPClient

/// A key for a while (RFC 6750).
struct BearerToken: Sendable {
    let value: String
    let lifetime: Duration

    /// Reads `{"access_token": "…", "expires_in": 3599, …}`; nil if it is none.
    init?(_ body: [UInt8]) {
        struct Answer: Decodable {
            let token: String
            let seconds: Double

            enum CodingKeys: String, CodingKey {
                case token = "access_token"
                case seconds = "expires_in"
            }
        }
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(body)),
            !answer.token.isEmpty, (0...1_000_000).contains(answer.seconds),
            // Anything else would break the header it goes into.
            answer.token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        value = answer.token
        lifetime = .seconds(answer.seconds)
    }
}

/// Where tokens come from.
protocol TokenSource: Sendable {
    /// For advice.
    var who: String { get }

    func newToken() async throws(ObjectStoreError) -> BearerToken

    /// See `RequestSigner.check`.
    func check() async throws(ObjectStoreError)
}

extension TokenSource {
    func check() {}
}

/// Signs with a token that is kept until a minute before its end.
actor BearerTokens: RequestSigner {
    private static let margin: Duration = .seconds(60)

    nonisolated let source: any TokenSource
    private var kept: (token: BearerToken, until: ContinuousClock.Instant)?
    /// Many requests wait for one token.
    private var fetching: Task<Result<BearerToken, ObjectStoreError>, Never>?

    init(source: any TokenSource) {
        self.source = source
    }

    nonisolated var who: String { source.who }

    func sign(_ request: HTTPRequest) async throws(ObjectStoreError) -> SignedRequest {
        let token = try await token()
        var request = request
        request.headers.append(("Authorization", "Bearer \(token.value)"))
        return SignedRequest(request, secrets: [token.value])
    }

    func forget() -> Bool {
        kept = nil
        return true
    }

    nonisolated func check() async throws(ObjectStoreError) { try await source.check() }

    private func token() async throws(ObjectStoreError) -> BearerToken {
        if let kept, .now < kept.until { return kept.token }
        if let fetching { return try await fetching.value.get() }
        let task = Task { await fetch() }
        fetching = task
        return try await task.value.get()
    }

    private func fetch() async -> Result<BearerToken, ObjectStoreError> {
        defer { fetching = nil }
        do throws(ObjectStoreError) {
            let asked = ContinuousClock.now
            let token = try await source.newToken()
            kept = (token, asked + token.lifetime - Self.margin)
            return .success(token)
        } catch {
            return .failure(error)
        }
    }
}
