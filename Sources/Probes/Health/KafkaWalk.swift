import Kafka

/// Settings, connect, topic, coordinator.
struct KafkaWalk {
    private static let names = [
        "settings", "resolve", "connect", "tls", "sasl", "metadata", "topic", "coordinator",
    ]

    let settings: KafkaSettings?
    let topic: String
    let group: String
    let timeout: Duration

    func run() async -> [HealthStep] {
        var recorder = HealthRecorder(.kafka)
        if let settings, !settings.brokers.isEmpty {
            await walk(settings, &recorder)
        } else {
            recorder.failed(
                "settings", "no brokers are configured: set KAFKA_BROKERS or kafka.brokers")
        }
        recorder.skip(Self.names)
        return recorder.steps
    }

    private func walk(_ settings: KafkaSettings, _ recorder: inout HealthRecorder) async {
        let observer: KafkaObserver
        do {
            observer = try KafkaObserver.start(settings: settings, log: { _ in })
        } catch {
            recorder.failed("settings", "\(error)")
            return
        }
        recorder.ok("settings", settings.brokers.joined(separator: ", "))
        if await recorder.reach(Self.places(settings), timeout: timeout) {
            await ask(observer, Security(settings), &recorder)
        }
        await observer.close(deadline: timeout)
    }

    /// `host:port`, `[::1]:port`, possibly behind a protocol.
    private static func places(_ settings: KafkaSettings) -> [(host: String, port: String)] {
        settings.brokers.map { broker in
            var rest = broker[...]
            if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
            if rest.hasPrefix("["), let close = rest.firstIndex(of: "]") {
                let port = rest[rest.index(after: close)...].drop { $0 == ":" }
                let host = rest[rest.index(after: rest.startIndex)..<close]
                return (String(host), port.isEmpty ? "9092" : String(port))
            }
            let parts = rest.split(separator: ":", maxSplits: 1)
            return (
                parts.first.map(String.init) ?? "", parts.count > 1 ? String(parts[1]) : "9092"
            )
        }
    }

    /// What stands between a connection and the first answer.
    private struct Security {
        var usesTLS: Bool
        /// Nil without SASL.
        var mechanism: String?

        init(_ settings: KafkaSettings) {
            let name = settings.properties["security.protocol"]?.lowercased() ?? "plaintext"
            usesTLS = name.hasSuffix("ssl")
            mechanism =
                name.hasPrefix("sasl")
                ? settings.properties["sasl.mechanism"] ?? settings.properties["sasl.mechanisms"]
                    ?? "GSSAPI" : nil
        }

        func note(in recorder: inout HealthRecorder, upTo step: String? = nil) {
            if step == "tls" { return }
            recorder.ok("tls", usesTLS ? "agreed" : "none: what is sent can be read on the way")
            if step == "sasl" { return }
            recorder.ok("sasl", mechanism.map { "as configured, \($0)" } ?? "none: nobody is asked")
        }
    }

    private func ask(
        _ observer: KafkaObserver, _ security: Security, _ recorder: inout HealthRecorder
    ) async {
        let metadata: KafkaMetadata
        do {
            metadata = try await observer.metadata(topic: topic, timeout: timeout)
        } catch {
            let errors = observer.takeErrors()
            let cause = errors.last.map { "\($0)" } ?? "\(error)"
            if let refused = errors.first(where: { $0.code.name == "_AUTHENTICATION" }) {
                security.note(in: &recorder, upTo: "sasl")
                recorder.failed("sasl", "\(refused): do mechanism, user and password fit?")
            } else if let refused = errors.first(where: { $0.code.name == "_SSL" }) {
                recorder.failed(
                    "tls", "\(refused): do the certificates fit, and does it speak TLS?")
            } else {
                security.note(in: &recorder, upTo: "tls")
                recorder.failed(
                    "metadata",
                    "\(cause): is it a broker that listens, and do TLS and SASL fit?")
            }
            return
        }
        security.note(in: &recorder)
        recorder.ok("metadata", Self.count(metadata.brokers.count, "broker"))
        guard let found = metadata.topics.first(where: { $0.name == topic }),
            found.error == nil, !found.partitions.isEmpty
        else {
            recorder.failed(
                "topic", "there is no topic \(topic): create it, or name another in catalog.topic")
            return
        }
        let leaderless = found.partitions.filter { $0.leader == nil }
        guard leaderless.isEmpty else {
            recorder.failed(
                "topic",
                "\(leaderless.count) of \(found.partitions.count) partitions of \(topic) have no "
                    + "leader: bring the missing brokers back")
            return
        }
        recorder.ok("topic", "\(topic) with \(Self.count(found.partitions.count, "partition"))")
        await coordinator(observer, found, &recorder)
    }

    private func coordinator(
        _ observer: KafkaObserver, _ found: KafkaMetadata.Topic, _ recorder: inout HealthRecorder
    ) async {
        let partitions = found.partitions.map { KafkaPartition(topic: topic, partition: $0.id) }
        do {
            let committed = try await observer.committedOffsets(
                group: group, partitions: partitions, timeout: timeout)
            recorder.ok(
                "coordinator",
                "\(group) has committed in \(Self.count(committed.count, "partition"))")
        } catch {
            recorder.failed(
                "coordinator",
                "\(error): may this client read the group \(group) (ACL), and is "
                    + "__consumer_offsets healthy?")
        }
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
