/// Lets questions through to their routes, or says why not.
protocol HTTPGate: Sendable {
    /// Before the body is read: turns away who shows nothing that could be right.
    func screen(_ question: HTTPQuestion, _ policy: HTTPPolicy) async throws

    /// With the body: says who asks, and counts it.
    ///
    /// - Throws: `HTTPRefusal`, or what made it impossible to tell.
    func admit(_ question: HTTPQuestion, _ policy: HTTPPolicy) async throws -> HTTPCaller
}

/// Lets everybody through to what is open to anyone, and nobody to anything else.
struct OpenGate: HTTPGate {
    func screen(_ question: HTTPQuestion, _ policy: HTTPPolicy) throws {
        guard case .anyone = policy.caller else {
            throw HTTPRefusal(503, "unavailable", "this is not served here")
        }
    }

    func admit(_ question: HTTPQuestion, _ policy: HTTPPolicy) -> HTTPCaller { .anyone }
}
