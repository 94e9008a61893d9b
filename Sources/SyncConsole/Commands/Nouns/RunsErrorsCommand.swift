import ArgumentParser
import Postgres
import Probes

/// `runs errors ID`: every bad row of a run's file, however many there are.
struct RunsErrorsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "errors", abstract: "Print the rows of a run's file that could not be taken.",
        discussion: """
            The CSV has the columns line, reason, message, service_code and raw, the row as it \
            stands in the file.
            """)

    @OptionGroup var options: ConfigurationOptions
    @Argument(help: "The run's id, as the list shows it.")
    var id: Int64
    @Option(help: ArgumentHelp("Write CSV into this new file, or - .", valueName: "file"))
    var csv: String?
    @OptionGroup var revealing: RevealOptions
    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        if json, csv != nil { throw ValidationError("--csv and --json exclude each other") }
    }

    func run() async throws {
        let configuration = try options.load()
        let isRevealed = try await revealing.note("run", "\(id)", configuration, json: json)
        try await DatabaseAccess.look(configuration) { connection in
            guard try await !RunProbe(connection).rows([id]).isEmpty else {
                throw CommandError(
                    .failed, "there is no run '\(id)'; 'syncconsole runs list' shows what there is")
            }
            var rows = BadRowProbe(connection, runID: id)
            if !isRevealed { rows.personalFields = configuration.personalFields }
            switch csv {
            case "-": _ = try await writeCSV(rows) { try StandardOutput.write($0) }
            case .some(let path):
                let file = try NewFile(path)
                let count = try await writeCSV(rows) { try file.append($0) }
                StandardError.say("\(count == 1 ? "1 row" : "\(count) rows") written to \(path)")
            case nil: try await json ? writeJSON(rows) : writeText(rows)
            }
        }
    }

    /// Returns how many rows it wrote.
    private func writeCSV(
        _ rows: BadRowProbe, _ write: ([UInt8]) throws -> Void
    ) async throws -> Int {
        var rows = rows
        var count = 0
        let titles = ["line", "reason", "message", "service_code", "raw"]
        try write(CSVText.row(titles.map { Array($0.utf8) }))
        while case let piece = try await rows.next(), !piece.isEmpty {
            for row in piece {
                let texts = ["\(row.line)", row.reason, row.message, row.serviceCode ?? ""]
                try write(CSVText.row(texts.map { Array($0.utf8) } + [row.raw]))
            }
            count += piece.count
        }
        return count
    }

    private func writeJSON(_ rows: BadRowProbe) async throws {
        var rows = rows
        var stream = JSONStream()
        while case let piece = try await rows.next(), !piece.isEmpty {
            try stream.write(piece.map(\.json))
        }
        try stream.finish()
    }

    /// A line for each: a table would have to be known whole.
    private func writeText(_ rows: BadRowProbe) async throws {
        var rows = rows
        let width = OutputTerminal.columns()
        var count = 0
        while case let piece = try await rows.next(), !piece.isEmpty {
            count += piece.count
            let lines = piece.map { row in
                let words = [
                    "line \(row.line)", row.reason, row.serviceCode ?? "-", row.message,
                ]
                let line = StandardError.oneLine(words.joined(separator: "  "))
                return TextTable.cut(line, to: width) + "\n"
            }
            try StandardOutput.write(lines.joined())
        }
        if count == 0 { try StandardOutput.write("run \(id) has no bad rows\n") }
    }
}
