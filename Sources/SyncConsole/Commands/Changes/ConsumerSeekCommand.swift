import ArgumentParser
import Probes
import SyncEngine

/// `consumer seek`
struct ConsumerSeekCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seek", abstract: "Set from where partitions are read.",
        discussion: """
            Whoever reads them goes there within a second or two. Events that are known already \
            change nothing when they come again; those that are skipped are recorded as a gap, with \
            your name, until they are acknowledged, or read after all.
            """)

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var partitions: PartitionOptions
    @Option(
        help: ArgumentHelp(
            "An offset, a time such as 2025-01-17T10:30:00Z, earliest, or latest.",
            valueName: "place"))
    var to: String
    @Flag(
        help:
            "Show which partitions would move, and what that would repeat or skip; change nothing.")
    var dryRun = false
    @Option(help: ArgumentHelp("Why: it stands in the audit trail.", valueName: "text"))
    var reason: String?
    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        if SeekTarget(to) == nil {
            throw ValidationError(
                "--to wants an offset, a time such as 2025-01-17T10:30:00Z, earliest or latest")
        }
        if !dryRun, reason?.allSatisfy(\.isWhitespace) ?? true {
            throw ValidationError("--reason must say why, or --dry-run only look")
        }
    }

    func run() async throws {
        guard let target = SeekTarget(to) else { return }
        let configuration = try options.load()
        let (partitions, dryRun, reason) = (partitions, dryRun, reason ?? "")
        let observer = KafkaObservation.start(configuration, log: .silent)
        let broker = observer.map { BrokerOffsets($0) } ?? .none
        do {
            let report = try await OperationsAccess.with(configuration) { operations in
                try await operations.seekConsumer(
                    topic: partitions.topic, partition: partitions.partition, to: target,
                    group: configuration.kafka.group, broker: broker, isDryRun: dryRun,
                    reason: reason)
            }
            await observer?.close(deadline: .seconds(1))
            try SeekOutput.finish(report, json: json)
        } catch {
            await observer?.close(deadline: .seconds(1))
            throw error
        }
    }
}
