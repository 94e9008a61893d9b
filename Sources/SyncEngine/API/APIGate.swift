import Postgres
import Probes

/// Lets through who shows the API key or an agent's token, as often as the route's limit allows.
///
/// Wrong tokens and wrong keys are counted by address, each for themselves. Beyond the bound one is
/// answered 429 instead of 401; a right one is let through all the same, so that nobody can lock out
/// who is behind the same address. Neither keys nor tokens are kept, logged or answered.
struct APIGate: HTTPGate {
    private static let wrongTokens = HTTPLimit(
        name: "wrong tokens", calls: 60, period: .seconds(60), scope: .peer)
    private static let wrongKeys = HTTPLimit(
        name: "wrong keys", calls: 60, period: .seconds(60), scope: .peer)

    private let apiKey: SecretText?
    private let tokens: TokenCheck
    private let limiter: RateLimiter

    init(_ context: APIContext, apiKey: SecretText?, now: @escaping @Sendable () -> Duration) {
        limiter = RateLimiter(now: now)
        self.apiKey = apiKey
        tokens = TokenCheck(pool: context.pool, limiter: RateLimiter(now: now))
    }

    func screen(_ question: HTTPQuestion, _ policy: HTTPPolicy) throws {
        switch policy.caller {
        case .anyone: break
        case .keyHolder: try checkKey(question)
        case .agent, .owner: _ = try token(question)
        }
    }

    func admit(_ question: HTTPQuestion, _ policy: HTTPPolicy) async throws -> HTTPCaller {
        let caller: HTTPCaller
        switch policy.caller {
        case .anyone: caller = .anyone
        case .keyHolder: caller = .keyHolder
        case .agent(let find):
            let vendor = try await find(question)
            caller = try await agent(vendor, question)
        case .owner(let find):
            let vendor = try await find(question)
            caller = try await agent(
                vendor, question,
                another: HTTPRefusal(403, "not_yours", "there is no such thing of this vendor"))
        }
        if let limit = policy.limit { try count(limit, question, caller) }
        return caller
    }

    private func count(
        _ limit: HTTPLimit, _ question: HTTPQuestion, _ caller: HTTPCaller
    ) throws {
        let who = limit.scope == .agent ? caller.vendor ?? question.peer : question.peer
        if let wait = limiter.take(limit, who) {
            throw HTTPRefusal.tooMany(
                "rate_limited", "at most \(limit.calls) such calls in a minute", wait: wait)
        }
    }

    // MARK: The API key

    private func checkKey(_ question: HTTPQuestion) throws {
        guard let apiKey else {
            throw HTTPRefusal(
                503, "no_api_key", "this engine has no API key: set http.api_key")
        }
        guard let shown = question.headers.apiKey else {
            throw HTTPRefusal(401, "api_key_missing", "show the API key in the header X-API-Key")
        }
        guard apiKey.isShown(in: shown) else {
            throw wrong(
                question, HTTPRefusal(401, "api_key_invalid", "this is not the API key"),
                by: Self.wrongKeys)
        }
    }

    // MARK: Agents' tokens

    private func token(_ question: HTTPQuestion) throws -> AgentToken {
        guard question.headers.authorization != nil else {
            throw HTTPRefusal(
                401, "token_missing", "show the agent's token: Authorization: Bearer TOKEN",
                headers: Self.challenge)
        }
        guard let token = AgentToken(authorization: question.headers.authorization) else {
            throw wrong(question, Self.invalidToken)
        }
        return token
    }

    /// - Parameter another: the answer to an agent that is not this vendor's; nil for the usual ones.
    private func agent(
        _ vendor: String?, _ question: HTTPQuestion, another: HTTPRefusal? = nil
    ) async throws -> HTTPCaller {
        let token = try token(question)
        switch try await tokens.check(token, of: vendor, peer: question.peer) {
        case .valid(let vendor): return .agent(vendor: vendor)
        case .invalid: throw wrong(question, Self.invalidToken)
        case .another: throw another ?? wrong(question, Self.invalidToken)
        case .nobodyThere: throw another ?? HTTPRefusal.notFound("there is no such agent")
        case .later(let wait):
            throw HTTPRefusal.tooMany(
                "rate_limited", "too many attempts for this agent; registering it anew helps too",
                wait: wait)
        }
    }

    /// One answer for a wrong token, an agent that is not registered, and one that is no more: who has
    /// no token must not learn which vendors there are.
    private static let invalidToken = HTTPRefusal(
        401, "token_invalid", "this is not the token of a registered agent of this vendor",
        headers: challenge)
    private static let challenge = ["WWW-Authenticate": "Bearer"]

    private func wrong(
        _ question: HTTPQuestion, _ refusal: HTTPRefusal, by limit: HTTPLimit = wrongTokens
    ) -> HTTPRefusal {
        limiter.take(limit, question.peer).map { wait in
            .tooMany("too_many_wrong", "too many \(limit.name) from this address", wait: wait)
        } ?? refusal
    }
}
