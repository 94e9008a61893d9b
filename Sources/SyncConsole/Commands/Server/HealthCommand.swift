import ArgumentParser
import Probes

/// `health`: what the engines of this machine say of themselves, on their local sockets. Needs no
/// server: for scripts that restart engines, and for the health checks of containers.
struct HealthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health", abstract: "How the engines of this machine are, part by part.",
        discussion: """
            Asks their local sockets, no server. Ends with 0 where every engine that was asked is \
            ready, with 1 where one is not, with 4 where none answers.
            """)

    @OptionGroup var options: ConfigurationOptions
    @Option(help: "Only the engine that is this process.", transform: Self.processID)
    var process: Int?
    @Option(help: "Wait so long until they are ready, such as 60s.", transform: Self.duration)
    var wait: Duration?
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let folders = try Configuration.socketFolders(path: options.path, in: .current())
        guard let folders else {
            throw CommandError(.usage, "socket.folder is none: the engines cannot be asked")
        }
        let deadline = wait.map { ContinuousClock.now + $0 }
        var engines = await look(folders)
        while let deadline, !Self.areReady(engines), ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(200))
            engines = await look(folders)
        }
        guard !engines.isEmpty else {
            let which = process.map { "process \($0)" } ?? "no engine"
            throw CommandError(
                .unreachable,
                "\(which) answers in \(folders.joined(separator: ", ")): does one run, as this user?"
            )
        }
        if json {
            try JSONOutput.write(.array(engines.map(Self.json)))
        } else {
            try StandardOutput.write(Self.text(engines))
        }
        if !Self.areReady(engines) { throw EarlyExit(code: CommandError.Kind.failed.rawValue) }
    }

    private func look(_ folders: [String]) async -> [NeighbourReading] {
        await NeighbourProbe.all(in: folders)
            .filter { process == nil || $0.processID == process }
            .sorted { $0.processID < $1.processID }
    }

    private static func areReady(_ engines: [NeighbourReading]) -> Bool {
        !engines.isEmpty && engines.allSatisfy(\.health.isReady)
    }

    private static func json(_ engine: NeighbourReading) -> JSONValue {
        var members = [
            JSONMember("process_id", .integer(Int64(engine.processID))),
            JSONMember("role", .string(engine.role)),
        ]
        if case .object(let health) = engine.health.json { members += health }
        return .object(members)
    }

    private static func text(_ engines: [NeighbourReading]) -> String {
        let rows = engines.flatMap { engine in
            engine.health.parts.map { part in
                [
                    "\(engine.processID)", engine.build, part.name, part.state.rawValue,
                    part.words,
                ]
            }
        }
        return TextTable(
            [
                .init(title: "PROCESS"), .init(title: "VERSION"), .init(title: "PART"),
                .init(title: "STATE"), .init(title: "WHAT IT SAYS"),
            ], rows: rows
        ).text(width: nil)
    }

    private static func processID(_ text: String) throws -> Int {
        guard let number = Int(text), number > 0 else {
            throw ValidationError("--process takes the number of a process")
        }
        return number
    }

    private static func duration(_ text: String) throws -> Duration {
        guard let duration = DurationText.read(text) else {
            throw ValidationError("--wait takes a time, such as 500ms, 60s or 5m")
        }
        return duration
    }
}
