import ArgumentParser
import Probes

/// `blame SERVICE_CODE`: which event, person or file last set each field.
struct BlameCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "blame", abstract: "Show who set each field of a service last.")

    @OptionGroup var options: ConfigurationOptions
    @Argument(help: "The service's code in its source system.")
    var serviceCode: String
    @OptionGroup var revealing: RevealOptions
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let configuration = try options.load()
        let code = serviceCode
        let isRevealed = try await revealing.note("service", code, configuration, json: json)
        let found = try await DatabaseAccess.look(configuration) { connection in
            try await BlameProbe(connection).show(serviceCode: code)?
                .masked(isRevealed ? .none : configuration.personalFields)
        }
        guard let found else {
            throw CommandError(
                .failed,
                "there is no service '\(code)': codes are those of the source system, as"
                    + " 'syncconsole events list' shows them")
        }
        if json {
            try JSONOutput.write(found.json)
        } else {
            try StandardOutput.write(text(found))
        }
    }

    private func text(_ blame: BlameReading) -> String {
        let columns = [
            ListColumn("field"), ListColumn("at", .age, title: "AGE"), ListColumn("origin"),
            ListColumn("event_id", title: "EVENT"), ListColumn("operator"), ListColumn("value"),
        ]
        let fields = blame.fields.map(\.json)
        let head = "\(blame.serviceCode)  \(blame.fsmServiceCode)  \(blame.status)\n"
        return TextTable.cut(StandardError.oneLine(head), to: OutputTerminal.columns()) + "\n"
            + TextTable(columns, rows: fields, now: .now).text(width: OutputTerminal.columns())
    }
}
