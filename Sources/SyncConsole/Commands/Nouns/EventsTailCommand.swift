import ArgumentParser
import Postgres
import Probes

/// `events tail`: prints events as they are logged, until it is interrupted.
struct EventsTailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail", abstract: "Print events as they come, after the newest ten.",
        discussion: "With --json, one object a line. Ends when nobody reads its output any more.")

    private static let pause: Duration = .milliseconds(500)

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var selection: SelectionOptions
    @Flag(help: "Print JSON, one object a line.")
    var json = false

    func run() async throws {
        let configuration = try options.load()
        let filter: Filter<EventRow>
        do { filter = try Filter(selection.filter ?? "") } catch {
            throw CommandError(.usage, "\(error)")
        }
        let settings = try configuration.postgresSettings
        let session = ReadOnlySession.make(settings, statementTimeout: .seconds(10))
        var tail = EventTail(filter: filter, backlog: 10)
        var hasAnswered = false
        var isLost = false
        while true {
            do {
                let before = tail
                let (batch, after) = try await session.withConnection(patience: .zero) {
                    connection in
                    var next = before
                    let batch = try await next.poll(connection)
                    return (batch, next)
                }
                tail = after
                if isLost { StandardError.say("the database is back") }
                (hasAnswered, isLost) = (true, false)
                try print(batch)
            } catch let error as PostgresError {
                // A tail is left alone for hours: it outlives a restart of the database, but says
                // at once that there was never one.
                guard hasAnswered, error.verdict == .infrastructure else {
                    throw DatabaseAccess.commandError(error, at: settings)
                }
                if !isLost { StandardError.say("the database is gone, waiting: \(error.message)") }
                isLost = true
            }
            try await Task.sleep(for: Self.pause)
        }
    }

    private func print(_ batch: TailBatch) throws {
        if batch.leftOut > 0 {
            StandardError.say("\(batch.leftOut) events left out: they came too fast")
        }
        guard !batch.rows.isEmpty else { return }
        if json {
            try StandardOutput.write(
                batch.rows.map { JSONWriter.text($0.json) + "\n" }.joined())
        } else {
            try StandardOutput.write(batch.rows.map(line).joined())
        }
    }

    private func line(_ row: EventRow) -> String {
        let words = [
            row.receivedAt.iso8601, "\(row.id)", row.status.rawValue, row.eventType ?? "-",
            row.serviceCode ?? "-", "\(row.topic)/\(row.partition)@\(row.offset)", row.error ?? "",
        ]
        let text = StandardError.oneLine(words.joined(separator: "  "))
        return TextTable.cut(text, to: OutputTerminal.columns()) + "\n"
    }
}
