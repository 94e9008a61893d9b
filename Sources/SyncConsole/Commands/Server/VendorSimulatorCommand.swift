import ArgumentParser
import FoundationEssentials
import Glibc
import Hashing
import SyncEngine
import VendorSimulator

/// `vendor-simulator`: an agent to develop against, until it is stopped.
struct VendorSimulatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vendor-simulator",
        abstract: "Run a made-up vendor's agent against an engine.",
        discussion: """
            Registers, beats, sends items, warehouses and stock and their changes, takes orders and \
            calls back, answers the engine's comparisons, and fails as --behaviour says. Every line \
            is one thing that happened; Ctrl-C ends it with a summary. docs/erp.md has the calls.
            """)

    @Option(help: ArgumentHelp("The vendor's id.", valueName: "name"))
    var vendor: String
    @Option(help: ArgumentHelp("Where the engine's API is.", valueName: "url"))
    var engine = "http://127.0.0.1:8787"
    @Option(help: ArgumentHelp("The engine's API key: env:NAME or file:PATH.", valueName: "ref"))
    var apiKey = "env:API_SECRET"
    @Option(
        help: ArgumentHelp(
            "What the engine shows to this agent: env:NAME or file:PATH; without it anything will do.",
            valueName: "ref"))
    var secret: String?
    @Option(
        help: ArgumentHelp(
            "What this agent shows to the engine: env:NAME or file:PATH; made up without it.",
            valueName: "ref"))
    var token: String?
    @Option(help: ArgumentHelp("Where to listen; port 0 is any.", valueName: "host:port"))
    var listen = "127.0.0.1:0"
    @Option(help: ArgumentHelp("Where the engine finds the agent, if elsewhere.", valueName: "url"))
    var agentURL: String?
    @Option(
        help: ArgumentHelp(
            VendorBehaviour.allCases.map(\.rawValue).joined(separator: ", ") + ".",
            valueName: "name"))
    var behaviour = VendorBehaviour.healthy
    @Option(help: ArgumentHelp("Items of the made-up ERP.", valueName: "n"))
    var items = 300
    @Option(help: ArgumentHelp("The same seed makes the same vendor.", valueName: "n"))
    var seed: UInt64 = 7
    @Flag(help: "Also make the mappings of its codes, as an operator would.")
    var seedMappings = false
    @Option(help: ArgumentHelp("From one change to the next.", valueName: "duration"))
    var changeEvery = DurationArgument(.seconds(6))
    @Option(help: ArgumentHelp("From an order to its callback.", valueName: "duration"))
    var callbackAfter = DurationArgument(.seconds(2))
    @Option(
        help: ArgumentHelp(
            (CallbackManner.allCases.map(\.rawValue) + ["mixed"]).joined(separator: ", ") + ".",
            valueName: "manner"))
    var callbacks = CallbacksArgument(percents: [:])
    @Option(help: ArgumentHelp("Orders in a hundred that the ERP refuses.", valueName: "n"))
    var failingPercent = 0
    @Option(help: ArgumentHelp("How far the ERP's clock is ahead.", valueName: "duration"))
    var clockSkew = DurationArgument(.zero)
    @Flag(help: "Print the summary as JSON on standard output, and the lines on standard error.")
    var json = false

    func validate() throws {
        guard (1...100).contains(vendor.utf8.count) else {
            throw ValidationError("--vendor must have 1 to 100 bytes")
        }
        guard (0...1_000_000).contains(items) else {
            throw ValidationError("--items must be from 0 to 1000000")
        }
        guard (0...100).contains(failingPercent) else {
            throw ValidationError("--failing-percent must be from 0 to 100")
        }
        guard changeEvery.duration >= .milliseconds(100) else {
            throw ValidationError("--change-every must be at least 100ms")
        }
        guard HTTPSettings(listen: listen) != nil else {
            throw ValidationError("--listen must be like 127.0.0.1:0")
        }
        guard engine.hasPrefix("http://") || engine.hasPrefix("https://") else {
            throw ValidationError("--engine must begin with http:// or https://")
        }
    }

    func run() async throws {
        let signals = TerminationSignals()
        let options = try options()
        let json = json
        // A reader that has gone away ends nothing here: the agent is wanted for its calls.
        let say: VendorAgent.Say = { line in
            if json {
                StandardError.write(line + "\n")
            } else {
                try? StandardOutput.write(line + "\n")
            }
        }
        let agent = VendorAgent(options, say: say)
        let stream = signals.stream
        let stopping = Task {
            for await _ in stream { await agent.stop() }
        }
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await agent.run())
        } catch {
            outcome = .failure(error)
        }
        stopping.cancel()
        let summary = await agent.report
        if json {
            try StandardOutput.write(summary.json + "\n")
        } else if summary.isRegistered {
            try StandardOutput.write(summary.lines.joined(separator: "\n") + "\n")
        }
        withExtendedLifetime(signals) {}
        switch outcome {
        case .success: return
        case .failure(EngineClient.Failure.refused(let status, let words)):
            throw CommandError(.refused, "the engine refuses: \(status) \(words)")
        case .failure(let error): throw CommandError(.failed, "\(error)")
        }
    }

    private func options() throws -> VendorOptions {
        var options = VendorOptions(
            vendor: vendor, engineURL: engine, apiKey: try Self.value("--api-key", apiKey),
            token: try token.map { try Self.value("--token", $0) } ?? Self.newToken())
        options.secret = try secret.map { try Self.value("--secret", $0) }
        if let place = HTTPSettings(listen: listen) {
            options.host = place.host
            options.port = place.port
        }
        options.agentURL = agentURL
        options.behaviour = behaviour
        options.items = items
        options.seed = seed
        options.seedsMappings = seedMappings
        options.clockSkew = clockSkew.duration
        options.pace.changeEvery = changeEvery.duration
        options.callbacks = CallbackPlan(
            percents: callbacks.percents, failingPercent: failingPercent,
            after: callbackAfter.duration)
        return options
    }

    /// A secret by reference only: a literal would stand in the list of processes.
    private static func value(_ option: String, _ reference: String) throws -> String {
        guard reference.hasPrefix("env:") || reference.hasPrefix("file:") else {
            throw ValidationError("\(option) must be env:NAME or file:PATH")
        }
        do {
            return try Secret.resolve(reference, in: .current()).value
        } catch {
            throw CommandError(.usage, "\(option) \(error.sentence)")
        }
    }

    /// 256 random bits.
    private static func newToken() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }.hexadecimal
    }
}

extension VendorBehaviour: ExpressibleByArgument {}

/// Shares of the manners of calling back, by their name.
struct CallbacksArgument: ExpressibleByArgument {
    let percents: [CallbackManner: Int]

    init(percents: [CallbackManner: Int]) {
        self.percents = percents
    }

    init?(argument: String) {
        if argument == "mixed" {
            self.init(percents: CallbackPlan.mixed)
        } else if let manner = CallbackManner(rawValue: argument) {
            self.init(percents: manner == .usual ? [:] : [manner: 100])
        } else {
            return nil
        }
    }

    var defaultValueDescription: String { "usual" }
}
