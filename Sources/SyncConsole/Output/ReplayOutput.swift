import Probes
import SyncEngine
import Synchronization

/// Prints what came of replaying events, and ends the command accordingly.
enum ReplayOutput {
    /// - Throws: `EarlyExit`: 1 if anything failed or was not tried, else 3 if anything was refused.
    static func finish(_ report: ReplayReport, json: Bool) throws {
        do {
            if json {
                try JSONOutput.write(value(report))
            } else {
                try StandardOutput.write(text(report, width: OutputTerminal.columns()))
            }
        } catch is StandardOutput.Closed {
            // What was done is done; how it went still decides how the command ends.
        }
        let operation = report.operation
        if operation.failed > 0 || report.notTried > 0 {
            throw EarlyExit(code: CommandError.Kind.failed.rawValue)
        }
        if operation.refused > 0 { throw EarlyExit(code: CommandError.Kind.refused.rawValue) }
    }

    static func value(_ report: ReplayReport) -> JSONValue {
        let operation = report.operation
        let results = report.lines.map { line -> JSONValue in
            [
                "id": .integer(line.id), "service_code": .string(orNull: line.serviceCode),
                "result": .string(line.result.rawValue), "outcome": .string(orNull: line.outcome),
                "message": .string(line.message),
                "changes": .array(line.changes.map(value)),
            ]
        }
        return [
            "dry_run": .bool(report.isDryRun), "selected": .integer(Int64(report.selected)),
            "results": .array(results), "done": .integer(Int64(operation.done)),
            "refused": .integer(Int64(operation.refused)),
            "failed": .integer(Int64(operation.failed)),
            "not_tried": .integer(Int64(report.notTried)),
        ]
    }

    private static func value(_ change: ReplayReport.Change) -> JSONValue {
        [
            "field": .string(change.field), "before": stored(change.before),
            "after": stored(change.after),
        ]
    }

    /// A value that is a JSON text already.
    private static func stored(_ text: String) -> JSONValue {
        (try? JSONDocument(text: text)).map { JSONValue($0.root) } ?? .string(text)
    }

    static func text(_ report: ReplayReport, width: Int?) -> String {
        guard report.selected > 0 else { return "nothing matches: nothing was done\n" }
        let table = TextTable(
            [
                .init(title: "ID", alignment: .right), .init(title: "RESULT"),
                .init(title: "MESSAGE"),
            ],
            rows: report.lines.map { ["\($0.id)", $0.result.rawValue, $0.message] })
        var text = table.text(width: width)
        if report.lines.count > 1 {
            let counts = report.counts.map { "\($0.events) \($0.outcome)" }
            text += "\(report.isDryRun ? "would be: " : "")\(counts.joined(separator: ", "))\n"
        }
        if report.notTried > 0 { text += "cancelled: \(report.notTried) not tried\n" }
        return text
    }
}

/// Says every few seconds how far a long replay is.
final class ReplayProgressWords: Sendable {
    private static let pause: Duration = .seconds(3)
    private let total: Int
    private let said: Mutex<ContinuousClock.Instant>

    init(of total: Int) {
        self.total = total
        said = Mutex(.now)
    }

    func say(_ done: Int) {
        let isDue = said.withLock { said in
            guard said.duration(to: .now) >= Self.pause, done < total else { return false }
            said = .now
            return true
        }
        if isDue { StandardError.say("\(done) of \(total) events") }
    }
}
