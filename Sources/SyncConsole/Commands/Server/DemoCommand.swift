import ArgumentParser
import Demo
import SyncEngine

/// `demo`: engine and console over servers of its own, with made-up traffic.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Engine and console over private servers, with made-up traffic.",
        discussion: """
            Starts a private PostgreSQL and a Kafka mock cluster, and takes both away again at its \
            end. DATABASE_URL and KAFKA_BROKERS are ignored. With --headless it produces, drains, \
            counts what came of it, and fails if that is not what must have come.

            Three made-up vendors speak to the engine over HTTP: one is well, one fails by waves, \
            one changes items without a word. Waits are shorter than an engine's own, so that all of \
            it can be watched.

            With --incident the night is calm but for one fault: \
            \(Incident.allCases.map(\.rawValue).joined(separator: ", ")). It stays until you leave, \
            or for the time of --for. With --headless it waits until the overview names the cause, \
            takes the fault back after --for, and waits until all is well.
            """)

    @Option(help: ArgumentHelp("Stage one bad night.", valueName: "name"))
    var incident: IncidentArgument?
    @Flag(help: "Without a console: produce, drain, count.")
    var headless = false
    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("Produce for so long, such as 30s.", valueName: "duration"))
    var produceFor: DurationArgument?
    @Option(help: ArgumentHelp("Messages a second, on average.", valueName: "n"))
    var rate: Double = 80
    @Option(help: ArgumentHelp("The same seed makes the same traffic.", valueName: "n"))
    var seed: UInt64 = 7
    @Flag(help: "Leave PostgreSQL's files behind, and say where.")
    var keep = false
    @Flag(help: "Print the count as JSON (with --headless).")
    var json = false
    @OptionGroup var console: ConsoleOptions

    func validate() throws {
        guard rate > 0, rate <= 100_000 else {
            throw ValidationError("--rate must be more than 0 and at most 100000")
        }
        if json, !headless { throw ValidationError("--json needs --headless") }
    }

    func run() async throws {
        // A file of the real thing's has no say in the demo, but for its rules: those of a build
        // without any file are shown.
        let configuration = Configuration(entries: ConfigurationEntries(), path: nil)
        let options = DemoOptions(
            seed: seed, rate: rate, produceFor: produceFor?.duration, keep: keep,
            hasVendors: true)
        switch (headless, incident?.incident) {
        case (true, nil): try await runHeadless(options, configuration)
        case (true, let incident?): try await runHeadless(incident, options, configuration)
        case (false, let incident):
            try await DemoConsole.run(options, configuration, console, incident)
        }
    }

    private func runHeadless(_ options: DemoOptions, _ configuration: Configuration) async throws {
        let engine = EmbeddedEngine(
            configuration: configuration, log: LogWriter(leastLevel: .error).engineLog)
        let result: Demo.HeadlessResult
        do {
            result = try await Demo.headless(options, engine: engine)
        } catch {
            throw CommandError(.failed, "the demo failed: \(error)")
        }
        if let folder = result.keptFolder {
            StandardError.say("PostgreSQL's files are in \(folder)")
        }
        let report = result.report
        try StandardOutput.write(
            json ? report.json + "\n" : report.lines.joined(separator: "\n") + "\n")
        guard report.isConsistent else {
            StandardError.say("what came of the traffic is not what must have come of it")
            throw EarlyExit(code: CommandError.Kind.failed.rawValue)
        }
    }
}

extension DemoCommand {
    private func runHeadless(
        _ incident: Incident, _ options: DemoOptions, _ configuration: Configuration
    ) async throws {
        let engine = EmbeddedEngine(configuration: configuration, log: .silent)
        let report: IncidentReport
        do {
            report = try await Demo.headless(incident, options, engine: engine) { endpoints in
                OverviewWitness(
                    configuration: EmbeddedEngine.configuration(configuration, at: endpoints))
            }
        } catch {
            throw CommandError(.failed, "the demo failed: \(error)")
        }
        if let folder = report.keptFolder {
            StandardError.say("PostgreSQL's files are in \(folder)")
        }
        if json {
            try JSONOutput.write(report.json)
        } else {
            try StandardOutput.write(report.text)
        }
        guard report.isAsExpected else {
            StandardError.say("the overview does not name the cause, or still does at the end")
            throw EarlyExit(code: CommandError.Kind.failed.rawValue)
        }
    }
}

/// One of the incidents, by its name.
struct IncidentArgument: ExpressibleByArgument {
    let incident: Incident

    init?(argument: String) {
        guard let incident = Incident(rawValue: argument) else { return nil }
        self.incident = incident
    }

    static var allValueStrings: [String] { Incident.allCases.map(\.rawValue) }
}

/// A duration as it is typed: `30s`, `5m`.
struct DurationArgument: ExpressibleByArgument {
    let duration: Duration

    init(_ duration: Duration) {
        self.duration = duration
    }

    var defaultValueDescription: String { DurationText.write(duration) }

    init?(argument: String) {
        guard let duration = DurationText.read(argument) else { return nil }
        self.duration = duration
    }
}
