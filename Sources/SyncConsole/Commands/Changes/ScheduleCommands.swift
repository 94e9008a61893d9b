import ArgumentParser
import SyncEngine

/// `schedule run`
struct ScheduleRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Start jobs now, by the engine that leads.")

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var jobs: JobOptions

    func run() async throws {
        try await jobs.carryOut(options) { try await $0.runScheduled($1, reason: $2) }
    }
}

/// `schedule pause`
struct SchedulePauseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Not start jobs at their times until they are resumed.")

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var jobs: JobOptions

    func run() async throws {
        try await jobs.carryOut(options) { try await $0.pauseScheduled($1, reason: $2) }
    }
}

/// `schedule resume`
struct ScheduleResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Start jobs at their times again; nothing is caught up.")

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var jobs: JobOptions

    func run() async throws {
        try await jobs.carryOut(options) { try await $0.resumeScheduled($1, reason: $2) }
    }
}

/// Which jobs, and why.
struct JobOptions: ParsableArguments {
    @Argument(help: "Their names, as the list shows them.")
    var names: [String]
    @OptionGroup var why: ReasonOptions
    @Flag(help: "Print JSON.")
    var json = false

    /// Does to all of them what was asked for, and prints what came of it.
    func carryOut(
        _ options: ConfigurationOptions,
        _ body: (Operations, _ names: [String], _ reason: String) async throws -> OperationReport
    ) async throws {
        try await OperationsAccess.run(try options.load(), json: json) { operations in
            try await body(operations, names, why.reason)
        }
    }
}
