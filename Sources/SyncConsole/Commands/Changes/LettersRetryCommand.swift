import ArgumentParser
import Probes
import SyncEngine

/// `dlq retry`
struct LettersRetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Send dead letters through the engine's rules again.",
        discussion: """
            A letter whose service has moved on since is skipped as stale, unless an admin \
            overrides that.
            """)

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var targets: TargetOptions
    @Flag(help: "Try 1, then 10, then the rest; stop where one fails.")
    var canary = false
    @Flag(help: "Apply them although newer events were decided (admins).")
    var overrideStale = false
    @Option(help: ArgumentHelp("Why: it stands in the audit trail.", valueName: "text"))
    var reason: String?
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let configuration = try options.load()
        let ids = try await targets.letterIDs(configuration)
        let (override, canary, why) = (overrideStale, canary, reason)
        try await OperationsAccess.run(configuration, json: json) { operations in
            try await operations.retryLetters(
                ids, overrideStale: override, inStages: canary, reason: why)
        }
    }
}

extension TargetOptions {
    /// Oldest first: a retry should meet the letters of one service in their order.
    func letterIDs(_ configuration: Configuration) async throws -> [Int64] {
        guard let openFilter else { return ids }
        return try await DatabaseAccess.look(configuration) { connection in
            try await LetterProbe(connection).ids(Filter(openFilter)).sorted()
        }
    }
}
