import ArgumentParser
import Glibc
import Postgres
import Probes
import SyncEngine

struct ReconcileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile",
        abstract: "Compare a source's file, or a vendor's items, with what is here: start.",
        subcommands: [ReconcileStartCommand.self])
}

/// `reconcile start`
struct ReconcileStartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start", abstract: "Ask for a run, which an engine carries out.",
        discussion: """
            Prints the run. With --wait it returns when the run has ended or asks for a decision, \
            and ends with 0 for success and partial success, else with 1. Where no engine is alive \
            it carries the run out itself; Ctrl-C then leaves it to the next engine. A run with a \
            vendor's agent always waits for an engine.
            """)

    @OptionGroup var options: ConfigurationOptions
    @Option(help: ArgumentHelp("The source, as configured, or a vendor.", valueName: "name"))
    var source: String
    @Option(
        help: ArgumentHelp(
            "A file of the source's folder instead of the day's; a path with a slash is any file"
                + " that the engine can read (admins).", valueName: "file"))
    var file: String?
    @Flag(help: "Compare and report only; change nothing.")
    var dryRun = false
    @Flag(help: "Wait until it has ended or asks for a decision.")
    var wait = false
    @Option(help: ArgumentHelp("Why: it stands in the audit trail.", valueName: "text"))
    var reason: String?
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let configuration = try options.load()
        let isVendor = configuration.erp.vendors.contains { $0.name == source }
        let hasFile = configuration.reconciliation.sources.contains { $0.name == source }
        let report =
            isVendor && !hasFile
            ? try await startWithAgent(configuration) : try await startWithFile(configuration)
        let id = try Self.id(of: report)
        let watch = try RunWatch(configuration, id: id)
        guard wait else {
            let (row, hasEngine) = try await watch.look()
            if !hasEngine {
                StandardError.say("no engine is alive: run \(id) waits until one is")
            }
            return try print(row)
        }
        let row = try await RunFollower(configuration: configuration, watch: watch, id: id)
            .follow()
        try print(row)
        guard row.state == .success || row.state == .partialSuccess else {
            throw EarlyExit(code: CommandError.Kind.failed.rawValue)
        }
    }

    private func startWithFile(_ configuration: Configuration) async throws -> OperationReport {
        let source = try configuration.source(named: source).name
        let object = try file.map(Self.object)
        let (dryRun, reason) = (dryRun, reason)
        return try await OperationsAccess.perform(configuration) { operations in
            try await operations.startRun(
                source: source, object: object, dryRun: dryRun, reason: reason)
        }
    }

    private func startWithAgent(_ configuration: Configuration) async throws -> OperationReport {
        guard file == nil else {
            throw CommandError(.usage, "--file is for sources with files: \(source) is a vendor")
        }
        let (vendor, dryRun, reason) = (source, dryRun, reason)
        return try await OperationsAccess.perform(configuration) { operations in
            try await operations.startAgentRun(vendor: vendor, dryRun: dryRun, reason: reason)
        }
    }

    private func print(_ row: RunRow) throws {
        if json {
            try JSONOutput.write(row.json)
        } else {
            try StandardOutput.write(ObjectText.write(row.json))
        }
    }

    /// The id of the run that was asked for.
    private static func id(of report: OperationReport) throws(CommandError) -> Int64 {
        guard let line = report.lines.first, line.result == .done, let id = Int64(line.id) else {
            let line = report.lines.first
            throw CommandError(
                line?.result == .refused ? .refused : .failed, line?.message ?? "nothing was done")
        }
        return id
    }

    /// A name as it is; a path is the caller's, so that it is made absolute here.
    static func object(_ file: String) throws(CommandError) -> String {
        guard !file.isEmpty else {
            throw CommandError(.usage, "--file must name a file")
        }
        guard ConfigurationRules.isPrintable(file) else {
            throw CommandError(.usage, "--file must be a line of visible characters")
        }
        guard file.utf8.contains(UInt8(ascii: "/")), !file.hasPrefix("/"), !file.contains("://")
        else { return file }
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        guard getcwd(&buffer, buffer.count) != nil else {
            throw CommandError(.usage, "this folder is gone: give --file as a path from the root")
        }
        let folder = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
        let relative = file.hasPrefix("./") ? String(file.dropFirst(2)) : file
        return folder == "/" ? "/\(relative)" : "\(folder)/\(relative)"
    }
}
