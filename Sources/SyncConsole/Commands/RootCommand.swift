import ArgumentParser

struct RootCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "syncconsole",
        abstract: "Keeps a service catalog in step with its sources, and shows that work live.",
        version: SyncConsole.version,
        subcommands: [InitCommand.self, ConfigCommand.self])
}
