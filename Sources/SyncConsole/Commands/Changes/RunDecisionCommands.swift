import ArgumentParser
import SyncEngine

/// Which runs, and why.
struct RunTargetOptions: ParsableArguments {
    @Argument(help: "The runs' ids, as the list shows them.")
    var ids: [Int64]
    @OptionGroup var why: ReasonOptions
    @Flag(help: "Print JSON.")
    var json = false
}

/// `runs cancel`
struct RunsCancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "End runs at their next chunk; what they wrote stays.")

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var targets: RunTargetOptions

    func run() async throws {
        let targets = targets
        try await OperationsAccess.run(try options.load(), json: targets.json) { operations in
            try await operations.cancelRuns(targets.ids, reason: targets.why.reason)
        }
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
        let targets = targets
        try await OperationsAccess.run(try options.load(), json: targets.json) { operations in
            try await operations.acceptRuns(targets.ids, reason: targets.why.reason)
        }
    }
}

/// `runs abandon`
struct RunsAbandonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "abandon",
        abstract: "End runs that have stopped to ask; nothing was changed.")

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var targets: RunTargetOptions

    func run() async throws {
        let targets = targets
        try await OperationsAccess.run(try options.load(), json: targets.json) { operations in
            try await operations.abandonRuns(targets.ids, reason: targets.why.reason)
        }
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
        let targets = targets
        try await OperationsAccess.run(try options.load(), json: targets.json) { operations in
            try await operations.useFileBefore(targets.ids, reason: targets.why.reason)
        }
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
        let (targets, dryRun) = (targets, dryRun)
        try await OperationsAccess.run(try options.load(), json: targets.json) { operations in
            var report = OperationReport()
            for id in targets.ids {
                report.lines += try await operations.revertRun(
                    id, dryRun: dryRun, reason: targets.why.reason
                ).lines
            }
            return report
        }
    }
}
