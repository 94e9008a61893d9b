import HTTPClient
import Probes

/// Why an agent gave no answer that can be used. Holds no secret, no address.
package struct AgentCallFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// Named in call rows, and so part of what scripts see.
    package enum Kind: String, Sendable, CaseIterable {
        // No call was made, and none counts as an attempt.
        /// Silent for too long, deregistered, or never registered.
        case agentOffline = "agent_offline"
        case breakerOpen = "breaker_open"
        /// No secret for the vendor, or an address that is not allowed.
        case notConfigured = "not_configured"

        // A call was made, and the agent has not taken it for sure.
        case cannotConnect = "cannot_connect"
        /// 3xx (none is followed) or 4xx.
        case refused

        // A call was made, and whether the agent has taken it is not known.
        case timedOut = "timed_out"
        case connectionLost = "connection_lost"
        /// 5xx.
        case serverError = "server_error"
        /// 2xx with something that is not JSON, or is too long, or not HTTP at all.
        case invalidAnswer = "invalid_answer"
        /// We are stopping.
        case cancelled
    }

    package let kind: Kind
    package let message: String
    package let status: Int?
    /// When it may be worth asking again, where that is known.
    package let retryAt: Timestamp?

    package init(
        _ kind: Kind, _ message: String, status: Int? = nil, retryAt: Timestamp? = nil
    ) {
        self.kind = kind
        self.message = message
        self.status = status
        self.retryAt = retryAt
    }

    package var description: String { message }

    /// False where nothing was sent: that consumes no attempt.
    package var wasCalled: Bool {
        switch kind {
        case .agentOffline, .breakerOpen, .notConfigured: false
        case .cannotConnect, .refused, .timedOut, .connectionLost, .serverError, .invalidAnswer,
            .cancelled:
            true
        }
    }

    /// The agent may have done what it was asked: only the same key makes asking again harmless.
    package var isPerhapsTaken: Bool {
        switch kind {
        case .agentOffline, .breakerOpen, .notConfigured, .cannotConnect, .refused: false
        case .timedOut, .connectionLost, .serverError, .invalidAnswer, .cancelled: true
        }
    }
}

extension AgentCallFailure {
    init(_ failure: HTTPFailure) {
        switch failure.kind {
        case .cannotConnect, .untrusted, .misuse: self.init(.cannotConnect, failure.message)
        case .stalled: self.init(.timedOut, failure.message)
        case .broken: self.init(.connectionLost, failure.message)
        case .tooLong, .invalidAnswer, .stopped: self.init(.invalidAnswer, failure.message)
        case .cancelled: self.init(.cancelled, failure.message)
        }
    }

    /// What the breaker is told; nil for what says nothing about the agent's health.
    var breakerResult: CircuitBreaker.CallResult? {
        switch kind {
        case .agentOffline, .breakerOpen, .notConfigured, .cancelled: nil
        case .timedOut: .timeout
        case .refused:
            // It answers, and dislikes the question; only that it is too busy, or elsewhere, is an
            // outage.
            status.map { $0 < 400 || $0 == 408 || $0 == 429 } == true
                ? .failure(message) : .success
        case .cannotConnect, .connectionLost, .serverError, .invalidAnswer: .failure(message)
        }
    }
}
