import ArgumentParser
import Probes
import SyncEngine

/// `migrate`: brings the schema to this build's version.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Create the tables, or bring them up to date.")

    @OptionGroup var options: ConfigurationOptions
    @Flag(help: "Only say what would be done.")
    var dryRun = false
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let configuration = try options.load()
        var settings = try configuration.postgresSettings
        // A migration takes as long as it takes, and waits for tables that are in use.
        settings.statementTimeout = .zero
        settings.lockTimeout = .seconds(60)
        settings.callDeadline = .seconds(86_400)
        let migrator = Migrator(settings: settings, adopt: Set(configuration.database.adopt))
        let dryRun = dryRun
        let steps = try await DatabaseAccess.translate(settings) {
            try await migrator.migrate(dryRun: dryRun)
        }
        if json {
            try JSONOutput.write(.array(steps.map(\.json)))
        } else {
            let table = TextTable(
                [
                    .init(title: "VERSION", alignment: .right), .init(title: "MIGRATION"),
                    .init(title: "OUTCOME"),
                ],
                rows: steps.map { ["\($0.version)", $0.name, $0.outcome.words] })
            try StandardOutput.write(table.text(width: OutputTerminal.columns()))
        }
    }
}

extension MigrationStep {
    fileprivate var json: JSONValue {
        [
            "version": .integer(Int64(version)), "name": .string(name),
            "outcome": .string(outcome.rawValue),
        ]
    }
}

extension MigrationStep.Outcome {
    fileprivate var words: String {
        switch self {
        case .applied: "applied"
        case .adopted: "not made: the platform owns the table"
        case .pending: "would be applied"
        case .alreadyApplied: "was there already"
        case .newer: "a newer build's, which this one can work with: left as it is"
        }
    }
}
