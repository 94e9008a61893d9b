import ArgumentParser
import SyncEngine

/// `breakers reset`
struct BreakersResetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset", abstract: "Close a breaker in every engine.")

    @OptionGroup var options: ConfigurationOptions
    @Argument(help: "Its key, as the list shows it.")
    var key: String
    @OptionGroup var why: ReasonOptions
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let (key, reason) = (key, why.reason)
        try await OperationsAccess.run(try options.load(), json: json) { operations in
            try await operations.resetBreaker(key: key, reason: reason)
        }
    }
}

/// `breakers open`
struct BreakersOpenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Open a breaker in every engine, until it is reset.")

    @OptionGroup var options: ConfigurationOptions
    @Argument(help: "Its key, as the list shows it.")
    var key: String
    @OptionGroup var why: ReasonOptions
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let (key, reason) = (key, why.reason)
        try await OperationsAccess.run(try options.load(), json: json) { operations in
            try await operations.openBreaker(key: key, reason: reason)
        }
    }
}
