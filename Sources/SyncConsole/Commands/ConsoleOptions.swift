import ArgumentParser

/// What the commands with a screen have in common.
struct ConsoleOptions: ParsableArguments {
    @Flag(help: "Take away every key that changes something.")
    var readOnly = false
    @Flag(help: "Draw with ASCII only.")
    var ascii = false
    @Option(help: ArgumentHelp("Begin with this theme.", valueName: "name"))
    var theme: String?

    /// - Throws: `CommandError`, usage, where nobody could see the screen.
    func requireTerminal(_ alternative: String) throws(CommandError) {
        guard OutputTerminal.isInteractive else {
            throw CommandError(
                .usage, "the console needs a terminal, and there is none: \(alternative)")
        }
    }
}
