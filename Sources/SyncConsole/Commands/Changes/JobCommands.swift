import ArgumentParser
import SyncEngine

/// `jobs retry`
struct JobsRetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Make jobs due now; one that failed is made anew from its dead letter.")

    @OptionGroup var options: ConfigurationOptions
    @Argument(help: "The ids, as the list shows them.")
    var ids: [Int64]
    @Option(help: ArgumentHelp("Why: it stands in the audit trail.", valueName: "text"))
    var reason: String?
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let (ids, reason) = (ids, reason)
        try await OperationsAccess.run(try options.load(), json: json) { operations in
            try await operations.retryJobs(ids, reason: reason)
        }
    }
}

/// `jobs cancel`
struct JobsCancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "End jobs that need not be done: at once, or when the call under way has ended.")

    @OptionGroup var targets: NumberedOptions

    func run() async throws {
        try await targets.carryOut { try await $0.cancelJobs($1, reason: $2) }
    }
}
