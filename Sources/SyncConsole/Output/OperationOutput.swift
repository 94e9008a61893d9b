import Probes
import SyncEngine

/// Prints what came of an operation, and ends the command accordingly.
enum OperationOutput {
    /// - Throws: `EarlyExit`: 1 if anything failed, else 3 if anything was refused.
    static func finish(_ report: OperationReport, json: Bool) throws {
        try finish(report, json: json, value: value(report)) { text(report, width: $0) }
    }

    /// Likewise, for reports that say more.
    ///
    /// - Parameter text: is told the terminal's width in columns.
    static func finish(
        _ report: OperationReport, json: Bool, value: JSONValue, text: (Int?) -> String
    ) throws {
        do {
            if json {
                try JSONOutput.write(value)
            } else {
                try StandardOutput.write(text(OutputTerminal.columns()))
            }
        } catch is StandardOutput.Closed {
            // What was done is done; how it went still decides how the command ends.
        }
        if report.failed > 0 { throw EarlyExit(code: CommandError.Kind.failed.rawValue) }
        if report.refused > 0 { throw EarlyExit(code: CommandError.Kind.refused.rawValue) }
    }

    static func value(_ report: OperationReport) -> JSONValue {
        let results = report.lines.map { line -> JSONValue in
            [
                "id": Int64(line.id).map(JSONValue.integer) ?? .string(line.id),
                "result": .string(line.result.rawValue), "message": .string(line.message),
            ]
        }
        return [
            "results": .array(results), "done": .integer(Int64(report.done)),
            "refused": .integer(Int64(report.refused)), "failed": .integer(Int64(report.failed)),
        ]
    }

    static func text(_ report: OperationReport, width: Int?) -> String {
        guard !report.lines.isEmpty else { return "nothing matches: nothing was done\n" }
        let text = table(report).text(width: width)
        guard report.lines.count > 1 else { return text }
        return text
            + "\(report.done) done, \(report.refused) refused, \(report.failed) failed\n"
    }

    static func table(_ report: OperationReport) -> TextTable {
        TextTable(
            [
                .init(title: "ID", alignment: .right), .init(title: "RESULT"),
                .init(title: "MESSAGE"),
            ],
            rows: report.lines.map { [$0.id, $0.result.rawValue, $0.message] })
    }
}
