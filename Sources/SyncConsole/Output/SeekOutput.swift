import Probes
import SyncEngine

/// Prints what came of setting positions, and ends the command accordingly.
enum SeekOutput {
    /// - Throws: as `OperationOutput.finish`.
    static func finish(_ report: SeekReport, json: Bool) throws {
        try OperationOutput.finish(report.operation, json: json, value: value(report)) {
            text(report, width: $0)
        }
    }

    static func value(_ report: SeekReport) -> JSONValue {
        let results = report.lines.map { line -> JSONValue in
            [
                "id": .string(line.id), "result": .string(line.result.rawValue),
                "message": .string(line.message),
                "from_offset": .integer(orNull: line.move?.from),
                "to_offset": .integer(orNull: line.move?.to),
                "repeated": .integer(orNull: line.move?.repeated),
                "skipped": .integer(orNull: line.move?.skipped),
            ]
        }
        let operation = report.operation
        return [
            "dry_run": .bool(report.isDryRun), "results": .array(results),
            "done": .integer(Int64(operation.done)),
            "refused": .integer(Int64(operation.refused)),
            "failed": .integer(Int64(operation.failed)),
        ]
    }

    static func text(_ report: SeekReport, width: Int?) -> String {
        let operation = report.operation
        guard report.isDryRun else { return OperationOutput.text(operation, width: width) }
        let moved = operation.done
        let refused = operation.refused > 0 ? ", \(operation.refused) refused" : ""
        return OperationOutput.table(operation).text(width: width)
            + "would be: \(moved) \(moved == 1 ? "partition" : "partitions") moved, "
            + "\(messages(report.repeated)) read again, \(messages(report.skipped)) skipped"
            + "\(refused)\n"
    }

    private static func messages(_ count: Int64) -> String {
        count == 1 ? "1 event" : "\(count) events"
    }
}
