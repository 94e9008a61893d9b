import Kafka

/// The topics in which other systems hear of changes of the catalog.
package struct InternalTopics: Sendable, Equatable {
    private static let breakerPrefix = "kafka:internal:"

    /// One a topic: one that is missing holds back its own messages. They do not name the topics,
    /// so that what was written under another prefix is published too.
    static var breakerKeys: [String] { Kind.allCases.map(\.breakerKey) }

    /// What stands before `.created` and the others: `catalog.service`.
    package var prefix: String

    package init(prefix: String = "catalog.service") {
        self.prefix = prefix
    }

    /// One topic each.
    package enum Kind: String, Sendable, CaseIterable {
        case created, updated, deprecated
        case changeHeld = "change_held"
        case changeApproved = "change_approved"
        case changeRejected = "change_rejected"

        var breakerKey: String { InternalTopics.breakerPrefix + rawValue }
    }

    package var names: [String] { Kind.allCases.map { "\(prefix).\($0.rawValue)" } }
}

extension InternalTopics {
    /// How internal events are produced, whatever the configuration says of other producers:
    /// retried without doubling or reordering within one session of the producer, acknowledged by
    /// all replicas in sync, compressed.
    static func producerSettings(_ settings: KafkaSettings) -> KafkaSettings {
        var own = settings
        // How long a topic that is not there is waited for, by whatever was claimed with it.
        own.properties.merge(["topic.metadata.propagation.max.ms": "5000"]) { own, _ in own }
        own.properties.merge([
            "enable.idempotence": "true", "acks": "all",
            "max.in.flight.requests.per.connection": "5", "compression.type": "snappy",
        ]) { _, fixed in fixed }
        return own
    }
}
