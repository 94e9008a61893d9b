import ArgumentParser

/// Parses the arguments, runs the command and turns however it ended into an exit code.
enum CommandLineMain {
    /// - Returns: the exit code: 0 done, 1 failed, 2 usage, 3 refused, 4 a server out of reach.
    static func run(_ arguments: [String]) async -> Int32 {
        let arguments = CommandNames.spelledOut(arguments)
        do {
            try CommandNames.check(arguments)
            var command = try RootCommand.parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return 0
        } catch {
            return report(error)
        }
    }

    private static func report(_ error: any Error) -> Int32 {
        switch error {
        case let error as CommandError:
            StandardError.say(error.sentence)
            return error.kind.rawValue
        case let error as EarlyExit: return error.code
        case is StandardOutput.Closed: return 0
        case let error as ConfigurationProblems:
            StandardError.say(error.sentence)
            return CommandError.Kind.usage.rawValue
        default: return reportParsing(error)
        }
    }

    /// Help asked for goes to standard output; a mistake is one line that says where to look.
    private static func reportParsing(_ error: any Error) -> Int32 {
        let code = RootCommand.exitCode(for: error)
        if code.isSuccess {
            try? StandardOutput.write(RootCommand.fullMessage(for: error) + "\n")
            return 0
        }
        guard code == .validationFailure else {
            StandardError.say("\(error)")
            return CommandError.Kind.failed.rawValue
        }
        var message = RootCommand.message(for: error)
        // The parser ends some of its sentences and not others.
        while let last = message.last, last == "." || last.isNewline { message.removeLast() }
        let joint = message.hasSuffix("?") ? " See" : "; see"
        StandardError.say("\(message)\(joint) '\(helpCommand(for: error))'")
        return CommandError.Kind.usage.rawValue
    }

    /// The usage line that the parser adds names the command: `Usage: syncconsole review approve`.
    private static func helpCommand(for error: any Error) -> String {
        let usage = RootCommand.fullMessage(for: error).split(separator: "\n")
            .first { $0.hasPrefix("Usage: ") }
        let words = (usage ?? "Usage: syncconsole").dropFirst("Usage: ".count).split(separator: " ")
            .prefix { word in
                word.allSatisfy { $0.isLowercase || $0 == "-" } && !word.hasPrefix("-")
            }
        return (words + ["--help"]).joined(separator: " ")
    }
}
