/// Carries messages over one channel.
protocol AlertSender: Sendable {
    var channel: AlertChannel { get }
    /// What may fail on its own: `slack:webhook`.
    var breakerKey: String { get }
    /// Alerts that one message may carry.
    var mostNews: Int { get }

    /// Returns once the other side has taken it.
    func send(_ message: AlertMessage) async throws(DeliveryFailure)
}

/// Why a message did not get through.
struct DeliveryFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// One line, without an address or a key.
    let description: String
    /// The other side will never take this very message.
    let isFinal: Bool
    /// It asked to be left alone for so long.
    let retryAfter: Duration?

    init(_ description: String, isFinal: Bool = false, retryAfter: Duration? = nil) {
        self.description = OneLine.clean(description)
        self.isFinal = isFinal
        self.retryAfter = retryAfter
    }
}
