import ArgumentParser
import Probes

/// `NOUN list`: what a bare noun means too.
struct ListCommand<Kind: NounKind>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list", abstract: "List \(Kind.plural).",
            discussion: """
                Without --where, what is not yet finished comes first, then the newest. \
                Fields for --where: \(Kind.Row.filterFields.map(\.name).joined(separator: ", ")).
                """)
    }

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var selection: SelectionOptions
    @Option(help: ArgumentHelp("At most this many.", valueName: "n"))
    var limit = 100
    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard (1...100_000).contains(limit) else {
            throw ValidationError("--limit must be from 1 to 100000")
        }
    }

    func run() async throws {
        let configuration = try options.load()
        let filter: Filter<Kind.Row>
        do { filter = try Filter(selection.filter ?? "") } catch {
            throw CommandError(.usage, "\(error)")
        }
        let limit = limit
        let (page, now) = try await DatabaseAccess.look(configuration) { connection in
            let look = Look(connection: connection, configuration: configuration, now: .now)
            return (try await Kind.list(look, filter, limit: limit), look.now)
        }
        let rows = page.rows.map(Kind.json)
        if json {
            try JSONOutput.write(.array(rows))
        } else {
            try StandardOutput.write(text(rows, matching: page.matching, now: now))
        }
    }

    private func text(_ rows: [JSONValue], matching: Int?, now: Timestamp) -> String {
        guard !rows.isEmpty else {
            return selection.filter == nil
                ? "there are no \(Kind.plural)\n" : "no \(Kind.plural) match\n"
        }
        let table = TextTable(Kind.columns, rows: rows, now: now)
            .text(width: OutputTerminal.columns())
        guard let matching else { return table + "\(rows.count) shown; there are more\n" }
        guard matching > rows.count else { return table }
        return table + "\(rows.count) of \(matching) shown; --limit shows more\n"
    }
}
