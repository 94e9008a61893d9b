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
        let filter = try filter()
        let limit = limit
        if json, limit > Self.pieceRows, let continuation = Kind.continuation {
            return try await stream(configuration, continuation)
        }
        let (page, now) = try await DatabaseAccess.look(configuration) { connection in
            let look = Look(connection: connection, configuration: configuration, now: .now)
            return (try await Kind.list(look, filter, limit: limit), look.now)
        }
        let rows = page.rows.map(Kind.json)
        if json {
            try JSONOutput.write(.array(rows))
        } else {
            try StandardOutput.write(
                text(TextTable(Kind.columns, rows: rows, now: now), of: page))
        }
    }

    /// - Throws: `CommandError`, usage, for what is no filter.
    func filter() throws(CommandError) -> Filter<Kind.Row> {
        do { return try Filter(selection.filter ?? "") } catch {
            throw CommandError(.usage, "\(error)")
        }
    }

    /// So many rows at once are held in memory.
    private static var pieceRows: Int { 1_000 }

    /// A long list as JSON, in pieces.
    private func stream(
        _ configuration: Configuration, _ continuation: (Kind.Row) -> String
    ) async throws {
        try await DatabaseAccess.look(configuration) { connection in
            let look = Look(connection: connection, configuration: configuration, now: .now)
            var stream = JSONStream()
            var left = limit
            var condition = selection.filter ?? ""
            while left > 0 {
                let piece = min(left, Self.pieceRows)
                let rows = try await Kind.list(look, Filter(condition), limit: piece).rows
                try stream.write(rows.map(Kind.json))
                left -= rows.count
                guard rows.count == piece, let last = rows.last else { break }
                condition = "\(selection.filter ?? "") \(continuation(last))"
            }
            try stream.finish()
        }
    }

    func text<Row>(_ table: TextTable, of page: Page<Row>) -> String {
        guard !page.rows.isEmpty else {
            return selection.filter == nil
                ? "there are no \(Kind.plural)\n" : "no \(Kind.plural) match\n"
        }
        let text = table.text(width: OutputTerminal.columns())
        guard let matching = page.matching else {
            return text + "\(page.rows.count) shown; there are more\n"
        }
        guard matching > page.rows.count else { return text }
        return text + "\(page.rows.count) of \(matching) shown; --limit shows more\n"
    }
}
