/// What stands before every call that leaves this machine: a circuit breaker, as buckets see it.
package protocol CallGate: Sendable {
    /// Asks for leave to make one call, whose end must be told to what is returned.
    ///
    /// - Parameter key: what may fail on its own: `gs:bucket`.
    /// - Throws: `suspended`, where the call would most likely be in vain.
    func begin(_ key: String) throws(ObjectStoreError) -> any OpenCall
}

/// A call that was let through.
package protocol OpenCall: Sendable {
    /// To be called once.
    ///
    /// - Parameter failure: nil for an answer, be it a refusal: the other side is well.
    func end(failure: String?)
}

/// Lets everything through.
struct OpenGate: CallGate, OpenCall {
    func begin(_ key: String) -> any OpenCall { self }

    func end(failure: String?) {}
}

extension ObjectStoreError {
    /// What the error says about the other side's health, for a gate; nil for nothing bad.
    var healthFailure: String? {
        switch kind {
        case .unreachable, .invalidAnswer, .checksumMismatch: message
        case .suspended, .refused, .notFound, .changed, .noSpace, .invalidLocation, .misconfigured,
            .cancelled:
            nil
        }
    }
}
