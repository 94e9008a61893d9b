import ArgumentParser
import SyncEngine

/// `dlq resolve`
struct LettersResolveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve", abstract: "Close dead letters without applying them.")

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var targets: TargetOptions
    @Option(help: ArgumentHelp("Why: it stands in the audit trail.", valueName: "text"))
    var reason: String?
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let configuration = try options.load()
        let ids = try await targets.letterIDs(configuration)
        let reason = reason ?? "no reason given"
        try await OperationsAccess.run(configuration, json: json) { operations in
            try await operations.resolveLetters(ids, reason: reason)
        }
    }
}
