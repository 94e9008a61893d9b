import ArgumentParser
import Glibc
import Probes

struct RootCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "syncconsole",
        abstract: "Keeps a service catalog in step with its sources, and shows that work live.",
        discussion: """
            Without a command: watches the engines that run, or asks what to do. Try it with \
            'syncconsole demo', which needs no servers.
            """,
        version: SyncConsole.version,
        groupedSubcommands: [
            CommandGroup(
                name: "Running",
                subcommands: [
                    RunCommand.self, WatchCommand.self, EngineCommand.self, DemoCommand.self,
                    BrokerCommand.self, VendorSimulatorCommand.self,
                ]),
            CommandGroup(
                name: "Setting up",
                subcommands: [
                    InitCommand.self, DoctorCommand.self, MigrateCommand.self, ConfigCommand.self,
                ]),
            CommandGroup(
                name: "Looking and deciding",
                subcommands: [
                    StatusCommand.self, HealthCommand.self, LagCommand.self, EventsCommand.self,
                    ReconcileCommand.self, RunsCommand.self, DriftCommand.self,
                    ReviewCommand.self, LettersCommand.self, BreakersCommand.self,
                    JobsCommand.self, AgentsCommand.self, MappingsCommand.self,
                    AlertsCommand.self,
                    ConsumerCommand.self, EnginesCommand.self, ScheduleCommand.self,
                    AuditCommand.self, KeepingCommand.self, PersonalCommand.self, BlameCommand.self,
                    RunbookCommand.self,
                    ScreenshotCommand.self,
                ]),
        ])

    func run() async throws {
        guard OutputTerminal.isInteractive else {
            StandardError.write(Self.helpMessage() + "\n")
            throw EarlyExit(code: CommandError.Kind.usage.rawValue)
        }
        let configuration = try Configuration.load(path: nil, in: .current())
        let engines = try await DatabaseAccess.look(configuration) { connection in
            try await EngineProbe(connection).list().rows
        }
        let console = try ConsoleOptions.parse([])
        if engines.contains(where: \.isAtService) {
            try await ConsoleProcess.watch(configuration, console)
            return
        }
        let place = try configuration.postgresSettings.redacted
        switch try Question.ask("No engine runs on \(place). [r]un one here, [w]atch, [q]uit? ") {
        case "r", "run": try await ConsoleProcess.run(configuration, console)
        case "w", "watch": try await ConsoleProcess.watch(configuration, console)
        default: return
        }
    }
}

/// Asks at the terminal.
enum Question {
    /// The answer in lower case, without spaces; empty at the end of the input.
    static func ask(_ question: String) throws -> String {
        try StandardOutput.write(question)
        return (readLine() ?? "").trimmed.lowercased()
    }
}
