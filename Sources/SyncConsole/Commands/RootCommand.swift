import ArgumentParser

struct RootCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "syncconsole",
        abstract: "Keeps a service catalog in step with its sources, and shows that work live.",
        version: SyncConsole.version,
        groupedSubcommands: [
            CommandGroup(
                name: "Running",
                subcommands: [EngineCommand.self, DemoCommand.self, BrokerCommand.self]),
            CommandGroup(
                name: "Setting up",
                subcommands: [InitCommand.self, ConfigCommand.self, MigrateCommand.self]),
            CommandGroup(
                name: "Looking and deciding",
                subcommands: [
                    EventsCommand.self, ReviewCommand.self, LettersCommand.self,
                    BreakersCommand.self, ConsumerCommand.self, EnginesCommand.self,
                    AuditCommand.self,
                    BlameCommand.self,
                ]),
        ])
}
