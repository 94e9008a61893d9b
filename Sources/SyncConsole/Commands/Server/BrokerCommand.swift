import ArgumentParser
import Glibc
import Kafka
import Probes
import SyncEngine

/// `broker`: librdkafka's mock cluster on its own, until it is stopped.
struct BrokerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "broker",
        abstract: "Run a Kafka mock cluster on this machine, for trying things out.",
        discussion: """
            It speaks Kafka's protocol to any program on this machine and keeps about 5 MB of each \
            partition, in memory.
            """)

    @Option(help: ArgumentHelp("Partitions of the topic service-catalog.", valueName: "n"))
    var partitions = 8
    @Flag(help: "End with the program that started this one, however that ends.")
    var tied = false
    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard (1...1_000).contains(partitions) else {
            throw ValidationError("--partitions must be from 1 to 1000")
        }
    }

    func run() async throws {
        let signals = TerminationSignals()
        let parent = getppid()
        let topics =
            [("service-catalog", partitions), ("dlq.failed_events", 1)]
            + InternalTopics().names.map { ($0, 1) }
        let cluster: MockCluster
        do {
            cluster = try MockCluster()
            for (topic, partitions) in topics {
                try cluster.createTopic(topic, partitions: partitions)
            }
        } catch {
            throw CommandError(.failed, "the mock cluster does not start: \(error)")
        }
        try announce(cluster, topics: topics.map(\.0))
        let stream = signals.stream
        let tied = tied
        await withTaskGroup { group in
            group.addTask { for await _ in stream { return } }
            if tied { group.addTask { await Self.waitForEnd(of: parent) } }
            await group.next()
            group.cancelAll()
        }
        withExtendedLifetime((cluster, signals)) {}
    }

    /// Looks twice a second: a signal at the parent's death would already come at the end of the
    /// thread that started us.
    private static func waitForEnd(of parent: pid_t) async {
        while getppid() == parent, !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(500))
        }
    }

    private func announce(_ cluster: MockCluster, topics: [String]) throws {
        if json {
            let line: JSONValue = [
                "bootstrap_servers": .string(cluster.bootstrapServers),
                "topics": .array(topics.map(JSONValue.string)),
                "pid": .integer(Int64(getpid())),
            ]
            try StandardOutput.write(JSONWriter.text(line) + "\n")
        } else {
            try StandardOutput.write(
                """
                export KAFKA_BROKERS=\(cluster.bootstrapServers)
                # topics \(topics.joined(separator: " ")); Ctrl-C ends it

                """)
        }
    }
}
