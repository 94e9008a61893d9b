import ArgumentParser
import Glibc
import SyncEngine

/// `engine`: the engine without a console, for systemd (`Type=notify`).
struct EngineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "engine", abstract: "Run the engine without a console.",
        discussion: """
            SIGTERM and SIGINT finish the batch in hand and hand the partitions over; a second one \
            ends it at once. Tells systemd when it is ready, and that it lives (Type=notify, \
            WatchdogSec=). Logs to standard error, or to log.file.
            """)

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        let configuration = try options.load()
        let log = try LogPlace.forEngine(configuration.log)
        let runner = try EngineRunner(
            configuration, role: "engine", operatorName: LoginAccount.current().name, log: log)
        let beat = ServiceBeat(
            ServiceNotifier(variables: Surroundings.current().variables),
            isAlive: { runner.isAlive })
        let beating = Task { await beat.run() }
        let signals = TerminationSignals()
        let stream = signals.stream
        let watcher = Task {
            var count = 0
            for await number in stream {
                count += 1
                guard count == 1 else { _exit(CommandError.Kind.failed.rawValue) }
                log.write(.notice, "engine", "signal \(number): draining")
                beat.stopping()
                runner.stop()
            }
        }
        defer {
            watcher.cancel()
            beating.cancel()
            withExtendedLifetime(signals) {}
        }
        try await runner.run { beat.ready() }
    }
}
