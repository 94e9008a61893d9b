/// One thing that can be asked for.
struct HTTPRoute: Sendable {
    /// What a question comes to. It may throw `HTTPRefusal`, anything `HTTPAnswerable`, or
    /// `PostgresError`, of which 503 is made where the database is away; the rest is 500.
    typealias Answer = @Sendable (HTTPQuestion) async throws -> HTTPReply

    let method: String
    let pattern: HTTPPattern
    let policy: HTTPPolicy
    let answer: Answer

    init(
        _ method: String, _ pattern: String, _ policy: HTTPPolicy, _ answer: @escaping Answer
    ) {
        self.method = method
        self.pattern = HTTPPattern(pattern)
        self.policy = policy
        self.answer = answer
    }

    /// Open to anyone.
    static func get(_ path: String, _ answer: @escaping Answer) -> HTTPRoute {
        HTTPRoute("GET", path, .open, answer)
    }

    /// HEAD is answered like GET: the edge leaves the body out.
    func serves(_ method: String) -> Bool {
        self.method == method || (self.method == "GET" && method == "HEAD")
    }
}
