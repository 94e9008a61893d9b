import Kafka

/// Settings, connect, topic, coordinator.
struct KafkaWalk {
    private static let names = ["settings", "connect", "topic", "coordinator"]

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
        await ask(observer, &recorder)
        await observer.close(deadline: timeout)
    }

    private func ask(_ observer: KafkaObserver, _ recorder: inout HealthRecorder) async {
        let metadata: KafkaMetadata
        do {
            metadata = try await observer.metadata(topic: topic, timeout: timeout)
        } catch {
            let cause = observer.takeErrors().last.map { "\($0)" } ?? "\(error)"
            recorder.failed(
                "connect",
                "\(cause): are the brokers running, and do addresses, TLS and SASL fit?")
            return
        }
        recorder.ok("connect", Self.count(metadata.brokers.count, "broker"))
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
