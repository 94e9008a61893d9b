import Probes

/// One message over one channel.
struct AlertMessage: Sendable, Equatable {
    var environment: String
    var news: [AlertNews]
    /// When it is written.
    var now: Timestamp
    /// Why it comes later than it should; nil if it does not.
    var delay: String?
    /// Of a message that stands in no row.
    var ownKey: String?

    /// Known by the first of its deliveries: the same in every attempt.
    var key: String {
        ownKey ?? "syncconsole-\(environment)-\(news.first?.deliveryIDs.first ?? 0)"
    }
}
