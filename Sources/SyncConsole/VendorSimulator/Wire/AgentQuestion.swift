/// A request of the engine, as the agent sees it.
package struct AgentQuestion: Sendable {
    package var method: String
    /// Without the query, decoded.
    package var path: String
    package var query: [String: String] = [:]
    package var authorization: String?
    package var idempotencyKey: String?
    package var correlationID: String?
    package var body: [UInt8] = []
}

/// What the agent answers.
package struct AgentReply: Sendable {
    package var status: Int
    package var contentType = "application/json"
    package var body: [UInt8]
    /// Closes the connection instead.
    package var isDropped = false

    static func json(_ value: some Encodable, status: Int = 200) -> AgentReply {
        // Nothing that the simulator encodes can fail to be JSON.
        AgentReply(status: status, body: (try? WireJSON.bytes(value)) ?? Array("null".utf8))
    }

    /// The shape that the engine's own errors have.
    static func refusal(_ status: Int, _ code: String, _ message: String) -> AgentReply {
        json(["error": ["code": code, "message": message]], status: status)
    }

    /// What is answered where something goes wrong; a call that hangs ends like a dropped one.
    static func fault(_ fault: VendorFault) -> AgentReply {
        switch fault {
        case .hang, .drop: AgentReply(status: 500, body: [], isDropped: true)
        case .html:
            AgentReply(
                status: 200, contentType: "text/html",
                body: Array("<html><body><h1>502 Bad Gateway</h1></body></html>".utf8))
        case .garbage: AgentReply(status: 200, body: Array("\u{FFFD}\u{1}{{{ 0x]".utf8))
        case .error: .refusal(500, "erp_unavailable", "the ERP does not answer")
        }
    }
}
