import Probes

/// One question to a vendor's agent.
package struct AgentCall: Sendable {
    /// What of an agent may fail on its own; a breaker each, `vendor-a:orders`.
    package enum Kind: String, Sendable, CaseIterable {
        case orders, reconciliation
    }

    package var vendor: String
    package var kind: Kind
    package var method: String
    /// Behind the agent's address, with its query: `/sync/create-order`.
    package var path: String
    /// JSON.
    package var body: [UInt8]?
    package var correlationID: String
    /// Makes a repeated call harmless. With one the call is sent over a connection of its own, so
    /// that it is never sent again behind our back where a kept connection breaks.
    package var idempotencyKey: String?
    /// A longer answer is the failure `invalidAnswer`.
    package var mostAnswerBytes: Int

    package init(
        vendor: String, kind: Kind, method: String = "POST", path: String, body: [UInt8]? = nil,
        correlationID: String, idempotencyKey: String? = nil, mostAnswerBytes: Int = 1_048_576
    ) {
        self.vendor = vendor
        self.kind = kind
        self.method = method
        self.path = path
        self.body = body
        self.correlationID = correlationID
        self.idempotencyKey = idempotencyKey
        self.mostAnswerBytes = mostAnswerBytes
    }

    package var breakerKey: String { "\(vendor):\(kind.rawValue)" }
}

/// A 2xx, whose body is JSON or empty.
package struct AgentAnswer: Sendable {
    package let status: Int
    /// Nil for an empty body.
    package let document: JSONDocument?

    package init(status: Int, document: JSONDocument?) {
        self.status = status
        self.document = document
    }
}
