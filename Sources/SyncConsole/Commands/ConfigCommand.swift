import ArgumentParser
import Probes
import SyncEngine

/// `config`: what holds, and where each value came from.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Show the effective configuration, or check it.")

    @OptionGroup var options: ConfigurationOptions
    @Flag(help: "Only say what is wrong.")
    var check = false
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let configuration: Configuration
        do {
            configuration = try options.load()
        } catch let error as ConfigurationProblems where check {
            for problem in error.problems {
                StandardError.say(problem.description)
            }
            throw EarlyExit(code: CommandError.Kind.usage.rawValue)
        }
        let lines = EffectiveConfiguration.lines(of: configuration)
        if check {
            try await checkSources(of: configuration)
            let file = configuration.path ?? "no file, defaults and variables only"
            try StandardOutput.write("the configuration holds (\(file))\n")
        } else if json {
            var writer = JSONWriter(style: .pretty)
            writer.array {
                for line in lines {
                    $0.object {
                        $0.member("key", .string(line.key))
                        $0.member("value", .string(line.value))
                        $0.member("from", .string(line.origin))
                    }
                }
            }
            try StandardOutput.write(writer.bytes + [UInt8(ascii: "\n")])
        } else {
            let table = TextTable(
                [.init(title: "KEY"), .init(title: "FROM"), .init(title: "VALUE")],
                rows: lines.map { [$0.key, $0.origin, $0.value] })
            try StandardOutput.write(table.text(width: OutputTerminal.columns()))
        }
    }

    /// Whether folders and key files are there; nobody is asked, which `doctor` does.
    private func checkSources(of configuration: Configuration) async throws {
        guard configuration.reconciliation.areSourcesConfigured else { return }
        let failed = await SourceWalk(configuration.reconciliationSettings).runLocally()
            .filter { $0.result == .failed }
        for step in failed {
            StandardError.say("reconciliation.sources \(step.name): \(step.message)")
        }
        guard failed.isEmpty else { throw EarlyExit(code: CommandError.Kind.failed.rawValue) }
    }
}
