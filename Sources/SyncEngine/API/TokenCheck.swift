import Postgres

/// Tells whose token is shown. The agent's row is read each time: who is deregistered, or registered
/// anew, is so in every engine at once.
struct TokenCheck: Sendable {
    enum Answer: Sendable, Equatable {
        case valid(vendor: String)
        case invalid
        /// The token is another agent's.
        case another
        /// The token is some agent's, and the vendor asked for has none: only an agent is told so.
        case nobodyThere
        case later(Duration)
    }

    private let pool: SessionPool
    private let booth: BcryptBooth

    init(pool: SessionPool, limiter: RateLimiter) {
        self.pool = pool
        booth = BcryptBooth(limiter: limiter)
    }

    /// - Parameter vendor: whom the question is about; nil where it leads to nobody.
    func check(
        _ token: AgentToken, of vendor: String?, peer: String
    ) async throws -> Answer {
        let stored = token.storedForm
        let row = try await pool.withConnection { connection in
            let row = try await connection.query(
                EngineSQL.agentToken, [.text(vendor ?? ""), .text(stored)]
            ).only()
            return (
                hash: try row.string(ifPresent: "hash"), isKnown: try row.bool("is_known"),
                isSomebodys: try row.bool("is_somebodys")
            )
        }
        guard let vendor, row.isKnown else { return row.isSomebodys ? .nobodyThere : .invalid }
        let no = row.isSomebodys ? Answer.another : .invalid
        guard let hash = row.hash else { return no }
        switch token.compare(with: hash) {
        case .equal: return .valid(vendor: vendor)
        case .different: return no
        case .needsBcrypt where row.isSomebodys: return .another
        case .needsBcrypt:
            switch await booth.compare(token, with: hash, vendor: vendor, peer: peer) {
            case .later(let wait): return .later(wait)
            case .different: return .invalid
            case .equal:
                try await replace(hash, by: stored, of: vendor)
                return .valid(vendor: vendor)
            }
        }
    }

    /// The next time it costs nothing. Unless somebody has registered the agent anew meanwhile.
    private func replace(_ hash: String, by stored: String, of vendor: String) async throws {
        try await pool.withConnection { connection in
            _ = try await connection.query(
                EngineSQL.agentTokenReplace, [.text(vendor), .text(hash), .text(stored)])
        }
    }
}
