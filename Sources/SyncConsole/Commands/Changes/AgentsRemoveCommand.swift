import ArgumentParser
import SyncEngine

/// `agents remove`
struct AgentsRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Deregister vendors' agents: their tokens are refused from now on.")

    @OptionGroup var options: ConfigurationOptions
    @Argument(help: ArgumentHelp("Their vendors, as the list shows them.", valueName: "vendor"))
    var vendors: [String]
    @OptionGroup var why: ReasonOptions
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let (vendors, reason) = (vendors, why.reason)
        try await OperationsAccess.run(try options.load(), json: json) { operations in
            try await operations.removeAgents(vendors, reason: reason)
        }
    }
}
