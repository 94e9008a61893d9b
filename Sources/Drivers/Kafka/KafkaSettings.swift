/// How to reach a Kafka cluster: the same value starts a consumer, a producer and an observer.
///
/// `properties` are librdkafka's own configuration properties and have the last word over the
/// driver's defaults, except the few that the driver's promises rest on (`reserved`). Values whose
/// names say that they are secret never appear in descriptions, errors or log entries.
package struct KafkaSettings: Sendable, Equatable {
    /// `host:port` of the brokers to ask first.
    package var brokers: [String]
    /// Any of librdkafka's configuration properties, such as `session.timeout.ms`.
    package var properties: [String: String]
    /// How this client is named in the broker's logs and metrics.
    package var clientId: String

    package init(
        brokers: [String], properties: [String: String] = [:], clientId: String = "syncconsole"
    ) {
        self.brokers = brokers
        self.properties = properties
        self.clientId = clientId
    }
}

extension KafkaSettings {
    /// Properties that cannot be changed, with the only value that they may have: the order of
    /// messages, the ownership of offsets and a clean terminal depend on them.
    static let reserved: [String: String] = [
        "log.queue": "true",
        "enable.auto.commit": "false",
        "enable.auto.offset.store": "false",
        // cooperative-sticky of 2.0.2 aborts the process now and then when closing in mid-join.
        "partition.assignment.strategy": "range",
    ]

    /// True if a property of this name holds something that must never be shown.
    package static func isSecret(property: String) -> Bool {
        let name = property.lowercased()
        return ["password", "secret", "jaas", "token", "private", "key.pem", "oauthbearer.config"]
            .contains { name.contains($0) }
    }

    /// The secret values, longest first, so that a scrub never leaves the tail of one behind.
    var secretValues: [String] {
        properties.filter { Self.isSecret(property: $0.key) && !$0.value.isEmpty }
            .map(\.value).sorted { $0.utf8.count > $1.utf8.count }
    }
}

extension KafkaSettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String {
        let shown = properties.sorted { $0.key < $1.key }
            .map { "\($0.key)=\(Self.isSecret(property: $0.key) ? "***" : $0.value)" }
        return "Kafka at \(brokers.joined(separator: ",")) as \(clientId)"
            + (shown.isEmpty ? "" : " (\(shown.joined(separator: ", ")))")
    }

    package var debugDescription: String { description }

    package var customMirror: Mirror { Mirror(self, children: ["settings": description]) }
}
