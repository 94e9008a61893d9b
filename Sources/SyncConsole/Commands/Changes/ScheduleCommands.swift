import ArgumentParser
import SyncEngine

/// `schedule run`
struct ScheduleRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Start jobs now, by the engine that leads.")

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var jobs: JobOptions

    func run() async throws {
        let (names, reason) = (jobs.names, jobs.why.reason)
        try await OperationsAccess.run(try options.load(), json: jobs.json) { operations in
            try await operations.runScheduled(names, reason: reason)
        }
    }
}

/// `schedule pause`
struct SchedulePauseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Not start jobs at their times until they are resumed.")

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var jobs: JobOptions

    func run() async throws {
        let (names, reason) = (jobs.names, jobs.why.reason)
        try await OperationsAccess.run(try options.load(), json: jobs.json) { operations in
            try await operations.pauseScheduled(names, reason: reason)
        }
    }
}

/// `schedule resume`
struct ScheduleResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Start jobs at their times again; nothing is caught up.")

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var jobs: JobOptions

    func run() async throws {
        let (names, reason) = (jobs.names, jobs.why.reason)
        try await OperationsAccess.run(try options.load(), json: jobs.json) { operations in
            try await operations.resumeScheduled(names, reason: reason)
        }
    }
}

/// Which jobs, and why.
struct JobOptions: ParsableArguments {
    @Argument(help: "Their names, as the list shows them.")
    var names: [String]
    @OptionGroup var why: ReasonOptions
    @Flag(help: "Print JSON.")
    var json = false
}
