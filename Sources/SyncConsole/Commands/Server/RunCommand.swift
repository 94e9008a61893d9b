import ArgumentParser

/// `run`: engine and console in this terminal.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run engine and console in this terminal.",
        discussion: """
            Leaving the console finishes the batch in hand and hands the partitions over. Ctrl-Z is \
            refused: a stopped engine would keep its partitions and locks.
            """)

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var console: ConsoleOptions

    func run() async throws {
        try console.requireTerminal("use 'syncconsole engine' for the engine alone")
        try await ConsoleProcess.run(try options.load(), console)
    }
}

/// `watch`: the console only.
struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Watch the engines that run elsewhere.")

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var console: ConsoleOptions

    func run() async throws {
        try console.requireTerminal("use 'syncconsole status --json' and the lists instead")
        try await ConsoleProcess.watch(try options.load(), console)
    }
}
