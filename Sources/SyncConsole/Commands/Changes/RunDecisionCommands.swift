import ArgumentParser
import SyncEngine

/// Which runs, and why.
struct RunTargetOptions: ParsableArguments {
    @Argument(help: "The runs' ids, as the list shows them.")
    var ids: [Int64]
    @OptionGroup var why: ReasonOptions
    @Flag(help: "Print JSON.")
    var json = false

    /// Does to all of them what was asked for, and prints what came of it.
    func carryOut(
        _ options: ConfigurationOptions,
        _ body: (Operations, _ ids: [Int64], _ reason: String) async throws -> OperationReport
    ) async throws {
        try await OperationsAccess.run(try options.load(), json: json) { operations in
            try await body(operations, ids, why.reason)
        }
    }
}

/// `runs cancel`
struct RunsCancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "End runs at their next chunk; what they wrote stays.")

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var targets: RunTargetOptions

    func run() async throws {
        try await targets.carryOut(options) { try await $0.cancelRuns($1, reason: $2) }
    }
}

/// `runs accept`
struct RunsAcceptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Let runs go on that have stopped to ask; the limits are not asked again.")

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var targets: RunTargetOptions

    func run() async throws {
        try await targets.carryOut(options) { try await $0.acceptRuns($1, reason: $2) }
    }
}

/// `runs abandon`
struct RunsAbandonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "abandon",
        abstract: "End runs that have stopped to ask, as they stand.")

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var targets: RunTargetOptions

    func run() async throws {
        try await targets.carryOut(options) { try await $0.abandonRuns($1, reason: $2) }
    }
}

/// `runs previous`
struct RunsPreviousCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "previous",
        abstract: "End runs that have stopped to ask, and take the files before theirs.")

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var targets: RunTargetOptions

    func run() async throws {
        try await targets.carryOut(options) { try await $0.useFileBefore($1, reason: $2) }
    }
}

/// `runs revert`
struct RunsRevertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revert",
        abstract: "Restore what runs have changed and nobody has touched since.",
        discussion: "Each is a run of its own, whose id is printed; an engine carries it out.")

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var targets: RunTargetOptions
    @Flag(help: "Only list what would be restored.")
    var dryRun = false

    func run() async throws {
        try await targets.carryOut(options) { operations, ids, reason in
            var report = OperationReport()
            for id in ids {
                report.lines += try await operations.revertRun(
                    id, dryRun: dryRun, reason: reason
                ).lines
            }
            return report
        }
    }
}
