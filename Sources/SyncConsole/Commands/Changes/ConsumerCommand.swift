import ArgumentParser
import SyncEngine

struct ConsumerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consumer",
        abstract: "What the engines read: pause, resume, seek, acknowledge.",
        subcommands: [
            ConsumerPauseCommand.self, ConsumerResumeCommand.self, ConsumerSeekCommand.self,
            ConsumerAcknowledgeCommand.self,
        ])
}

/// Which partitions of which topic.
struct PartitionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The topic.", valueName: "name"))
    var topic: String
    @Option(help: ArgumentHelp("One partition; without it, all.", valueName: "number"))
    var partition: Int?

    func validate() throws {
        if let partition, partition < 0 {
            throw ValidationError("--partition must be 0 or more")
        }
    }
}

/// `consumer pause`
struct ConsumerPauseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Stop reading partitions until they are resumed.",
        discussion: """
            Whoever reads them stops within a second or two: events that come in until then, and \
            those that it has in hand, are still applied.
            """)

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var partitions: PartitionOptions
    @Option(help: ArgumentHelp("Why: it stands beside the partition.", valueName: "text"))
    var reason: String?
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let (partitions, reason) = (partitions, reason ?? "no reason given")
        try await OperationsAccess.run(try options.load(), json: json) { operations in
            try await operations.pauseConsumer(
                topic: partitions.topic, partition: partitions.partition, reason: reason)
        }
    }
}

/// `consumer resume`
struct ConsumerResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Read paused partitions on from where they stopped.")

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var partitions: PartitionOptions
    @Option(help: ArgumentHelp("Why: it stands in the audit trail.", valueName: "text"))
    var reason: String?
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let (partitions, reason) = (partitions, reason)
        try await OperationsAccess.run(try options.load(), json: json) { operations in
            try await operations.resumeConsumer(
                topic: partitions.topic, partition: partitions.partition, reason: reason)
        }
    }
}

/// `consumer acknowledge`
struct ConsumerAcknowledgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "acknowledge",
        abstract: "Say that somebody has seen to gaps: events that were lost, or skipped.")

    @OptionGroup var options: ConfigurationOptions
    @Argument(help: "Their ids, as `syncconsole status` shows them.")
    var gaps: [Int64]
    @OptionGroup var why: ReasonOptions
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let (gaps, reason) = (gaps, why.reason)
        try await OperationsAccess.run(try options.load(), json: json) { operations in
            try await operations.acknowledgeGaps(gaps, reason: reason)
        }
    }
}
