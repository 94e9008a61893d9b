import ArgumentParser
import Probes
import Views

/// `runbook [NAME]`: what to do about an alert, with what its checks find now.
struct RunbookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runbook", abstract: "What to do about an alert, its checks looked up.",
        discussion: """
            Without a name it lists the runbooks; each is named like the rule of its alert. Its \
            checks are looked up now, which takes some seconds; with a server away they say so.
            """)

    /// Columns of a page where there is no terminal to ask.
    private static let defaultColumns = 80
    /// Wider lines are hard to read.
    private static let mostColumns = 100

    @OptionGroup var options: ConfigurationOptions
    @Argument(help: "The runbook; without it all are listed.")
    var name: String?
    @Flag(help: "Do not look anything up.")
    var noChecks = false
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let configuration = try options.load()
        let runbook = try name.map(Self.runbook)
        let readings =
            noChecks ? nil : await CheckReadings.now(configuration)
        if let runbook {
            try show(runbook, readings)
        } else {
            try list(readings)
        }
    }

    private static func runbook(_ name: String) throws -> Runbook {
        if let found = RunbookLibrary.runbook(name) { return found }
        let names = RunbookLibrary.shipped.map(\.name)
        let hint = NearestName.nearest(to: name, in: names).map { ": did you mean '\($0)'?" }
        throw CommandError(
            .failed,
            "there is no runbook '\(name)'" + (hint ?? "; 'syncconsole runbook' lists them"))
    }

    private func show(_ runbook: Runbook, _ readings: CheckReadings?) throws {
        if json { return try JSONOutput.write(runbook.json(readings)) }
        let columns = min(OutputTerminal.columns() ?? Self.defaultColumns, Self.mostColumns)
        let lines = RunbookText.lines(runbook, readings, width: columns)
        try StandardOutput.write(lines.joined(separator: "\n") + "\n")
    }

    private func list(_ readings: CheckReadings?) throws {
        let runbooks = RunbookLibrary.shipped
        if json { return try JSONOutput.write(.array(runbooks.map { $0.summaryJSON(readings) })) }
        var columns = [TextTable.Column(title: "NAME"), TextTable.Column(title: "TITLE")]
        if readings != nil { columns.append(TextTable.Column(title: "CHECKS")) }
        let rows = runbooks.map { runbook in
            [runbook.name, runbook.title] + (readings.map { [runbook.verdicts($0).words] } ?? [])
        }
        try StandardOutput.write(
            TextTable(columns, rows: rows).text(width: OutputTerminal.columns()))
    }
}
