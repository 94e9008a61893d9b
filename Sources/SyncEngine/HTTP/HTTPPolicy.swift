/// Who may ask at a route, how often, and how large the body may be.
struct HTTPPolicy: Sendable {
    enum Caller: Sendable {
        case anyone
        /// Whoever shows the API key in `X-API-Key`.
        case keyHolder
        /// The agent of the vendor that is found in the question, by its bearer token; nil where the
        /// question leads to no vendor.
        case agent(vendor: @Sendable (HTTPQuestion) async throws -> String?)
        /// The same, of a vendor's own thing: other agents are told 403, whether there is such a thing
        /// or not.
        case owner(vendor: @Sendable (HTTPQuestion) async throws -> String?)
    }

    enum Body: Sendable {
        /// What comes all the same is not looked at.
        case none
        /// - Parameter isOptional: nothing at all will do too.
        case json(mostBytes: Int, isOptional: Bool = false)
    }

    var caller: Caller
    var limit: HTTPLimit?
    var body: Body

    init(_ caller: Caller, limit: HTTPLimit? = nil, body: Body = .none) {
        self.caller = caller
        self.limit = limit
        self.body = body
    }

    static let open = HTTPPolicy(.anyone)
}

/// How often one caller may ask: so many calls in any `period`, of all routes with that limit.
struct HTTPLimit: Sendable, Hashable {
    /// Who counts as one.
    enum Scope: Sendable, Hashable {
        /// A vendor's agent, wherever it calls from.
        case agent
        /// An address.
        case peer
    }

    var name: String
    var calls: Int
    var period: Duration
    var scope: Scope
}
