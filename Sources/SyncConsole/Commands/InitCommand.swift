import ArgumentParser
import Glibc

/// `init`: a commented configuration to begin with.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Write a commented configuration to begin with.")

    @Option(
        name: .customLong("config"),
        help: ArgumentHelp(
            "Write it here instead of ~/.config/syncconsole/config.yaml.", valueName: "file"))
    var path: String?

    func run() throws {
        let surroundings = Surroundings.current()
        guard let path = path ?? Configuration.usualPaths(in: surroundings).first else {
            throw CommandError(.usage, "there is no home folder: say where with --config FILE")
        }
        try NewFile.write(ConfigurationStarter.text, to: surroundings.expandHome(path))
        try StandardOutput.write(
            "wrote \(path); edit it, then: syncconsole config --check, syncconsole doctor\n")
    }
}
