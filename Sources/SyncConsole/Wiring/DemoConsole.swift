import Demo
import Probes
import SyncEngine
import Views

/// The demo with its console.
enum DemoConsole {
    static func run(
        _ options: DemoOptions, _ configuration: Configuration, _ console: ConsoleOptions,
        _ incident: Incident? = nil
    ) async throws {
        try console.requireTerminal("use 'syncconsole demo --headless --for 30s'")
        let surroundings = Surroundings.current()
        let log = try LogPlace.forScreen(configuration.log, in: surroundings)
        let engine = EmbeddedEngine(configuration: configuration, log: log)
        StandardError.say("starting a private PostgreSQL and a Kafka mock cluster …")
        let show: @Sendable (DemoEndpoints) async throws -> Void = { endpoints in
            let own = EmbeddedEngine.configuration(configuration, at: endpoints)
            var session = try ConsoleProcess.session(own, console, role: .demo)
            session.logRing = engine.ring
            try await session.run(beside: ConsoleCompanion(run: {}, stop: {}))
        }
        let keptFolder: String?
        do {
            keptFolder =
                if let incident {
                    try await Demo.interactive(incident, options, engine: engine, console: show)
                } else {
                    try await Demo.interactive(options, engine: engine, console: show)
                }
        } catch let error as CommandError {
            throw error
        } catch {
            throw CommandError(.failed, "the demo failed: \(error)")
        }
        if let keptFolder { StandardError.say("PostgreSQL's files are in \(keptFolder)") }
    }
}
