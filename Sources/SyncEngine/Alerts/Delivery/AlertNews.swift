import Probes

/// What is to be told of one alert: the alert as it stands when the message is written, and which of
/// its changes nobody has been told of over this channel.
struct AlertNews: Sendable, Equatable {
    /// The deliveries that the message carries.
    var deliveryIDs: [Int64]
    var kinds: Set<AlertDelivery.Kind>
    var alertID: Int64?
    var rule: String
    var subject: String
    var severity: AlertSeverity
    var state: AlertState
    var summary: String
    var condition: String
    /// `3400 messages`, `FAILED`; nil for a notice.
    var value: String?
    var details: String?
    var runbook: String?
    var contact: String?
    var occurrences: Int64 = 1
    var startedAt: Timestamp
    var firedAt: Timestamp?
    var resolvedAt: Timestamp?
    var acknowledgedBy: String?
    /// When the oldest of the deliveries was written.
    var waitsSince: Timestamp
    /// How often it was tried to tell it before.
    var attempts = 0

    /// `consumer_lag_high service-catalog`
    var name: String { subject.isEmpty ? rule : "\(rule) \(subject)" }

    /// What the message says of it, the newest change having the last word.
    var isOver: Bool { kinds.contains(.resolved) }
    /// Somebody is only told that it is looked after.
    var isOnlyAcknowledged: Bool { kinds == [.acknowledged] }
}
