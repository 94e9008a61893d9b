import Probes
import SyncEngine
import Views

/// The processes with a screen: `run`, `watch` and the demo.
enum ConsoleProcess {
    /// Console only: Ctrl-Z stops it, nothing is migrated.
    static func watch(_ configuration: Configuration, _ options: ConsoleOptions) async throws {
        let session = try session(configuration, options, role: .watch)
        let gate = SchemaGate(configuration, migratesEmpty: false, log: session.log)
        try await session.run(
            beside: ConsoleCompanion {
                _ = try await gate.pass()
            } stop: {
                gate.stop()
            })
    }

    /// Engine and console: Ctrl-Z is refused, and leaving drains.
    static func run(_ configuration: Configuration, _ options: ConsoleOptions) async throws {
        var session = try session(configuration, options, role: .run)
        let runner = try EngineRunner(
            configuration, role: "run", operatorName: session.person.name, log: session.log)
        session.logRing = runner.ring
        try await session.run(
            beside: ConsoleCompanion {
                try await runner.run()
            } stop: {
                runner.stop()
            })
    }

    static func session(
        _ configuration: Configuration, _ options: ConsoleOptions, role: ConsoleFacts.Role
    ) throws -> ConsoleSession {
        let surroundings = Surroundings.current()
        // Where no server is configured that is said before the terminal is taken.
        _ = try configuration.postgresSettings
        let person = try OperationsAccess.currentOperator(configuration)
        var facts = ConsoleFacts(
            role: role, environment: configuration.environment,
            isProduction: configuration.isProduction,
            isReadOnly: options.readOnly || person.role == .viewer, operatorName: person.name,
            zone: .local, sources: configuration.reconciliation.sources.map(\.name),
            deprecatingSources: configuration.reconciliation.deprecatingSources,
            twoPeopleFrom: configuration.twoPeopleFrom,
            personalFields: configuration.personalFields)
        facts.contacts = configuration.contacts
        return ConsoleSession(
            configuration: configuration, facts: facts, person: person,
            suspendPolicy: role == .watch ? .suspend : .refuse,
            log: try LogPlace.forScreen(configuration.log, in: surroundings),
            options: try ConsoleLook(
                configuration.console, theme: options.theme, isASCII: options.ascii,
                in: surroundings))
    }
}
