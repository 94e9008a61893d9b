/// What a dead-lettered disposition says, with the fingerprint that groups it with its like.
struct Failure: Sendable {
    var reason: String
    var message: String
    var attempts: Int
    var fingerprint: FailureFingerprint

    /// Nil for any other disposition.
    init?(_ ruling: Ruling) {
        guard
            case .deadLettered(let reason, let message, let place, let attempts) =
                ruling.disposition
        else { return nil }
        self.reason = reason
        self.message = message
        self.attempts = attempts
        fingerprint = FailureFingerprint(
            reason: reason, place: "\(ruling.stage.rawValue) \(place)", message: message)
    }
}
