/// What the configuration must know about librdkafka's properties; all others pass through.
enum KafkaProperty {
    /// Those that hold secrets: only references may stand in a file.
    static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased()
        return !name.hasSuffix(".url")
            && ["password", "secret", "jaas", "token", "private", "key.pem", "oauthbearer.config"]
                .contains { name.contains($0) }
    }

    /// Why a property cannot be passed through; nil if it can.
    static func refusal(of name: String) -> String? {
        switch name {
        case "bootstrap.servers", "metadata.broker.list": "write kafka.brokers instead"
        case "group.id": "write kafka.group instead"
        case "enable.auto.commit", "enable.auto.offset.store", "auto.offset.reset",
            "partition.assignment.strategy", "log.queue":
            "the engine sets it, because what it promises depends on it: leave it out"
        default: nil
        }
    }
}
