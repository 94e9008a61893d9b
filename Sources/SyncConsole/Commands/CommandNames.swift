import ArgumentParser
import Probes

/// Looks at the command's name before the parser does, which would take a misspelt one for an
/// argument and say no more than that it is unexpected.
enum CommandNames {
    /// - Throws: `CommandError` with the name that was probably meant.
    static func check(
        _ arguments: [String], below root: any ParsableCommand.Type = RootCommand.self
    ) throws(CommandError) {
        var command = root
        var path = "syncconsole"
        for argument in arguments {
            let subcommands = command.configuration.subcommands
            guard !subcommands.isEmpty, !argument.hasPrefix("-"), argument != "help" else { return }
            guard let next = subcommands.first(where: { name(of: $0) == argument }) else {
                let names = subcommands.map(name)
                let hint = NearestName.nearest(to: argument, in: names)
                    .map { "did you mean '\(path) \($0)'?" }
                throw CommandError(
                    .usage,
                    "there is no command '\(path) \(argument)'; "
                        + (hint ?? "there are: \(names.joined(separator: ", "))"))
            }
            command = next
            path += " \(argument)"
        }
    }

    /// `audit --verify` is `audit verify`: as it is asked for at night, and as the parser wants it.
    static func spelledOut(_ arguments: [String]) -> [String] {
        guard arguments.first == "audit", arguments.dropFirst().first?.hasPrefix("-") == true,
            let flag = arguments.firstIndex(of: "--verify")
        else { return arguments }
        var spelled = arguments
        spelled.remove(at: flag)
        spelled.insert("verify", at: 1)
        return spelled
    }

    static func name(of command: any ParsableCommand.Type) -> String {
        command.configuration.commandName ?? command._commandName
    }
}
