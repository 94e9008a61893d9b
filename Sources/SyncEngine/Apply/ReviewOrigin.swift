import Probes

/// Where a change that waits for review came from: an event, or a row of a file.
struct ReviewOrigin: Sendable {
    enum Kind: String, Sendable {
        case event, file
    }

    let kind: Kind
    /// What the column `origin_ref` says: ids of the event, or run, file and line.
    let reference: JSONValue
    let sourceSystem: String?
    let logRow: LogReference?
    let runID: Int64?

    init(_ record: EventRecord) {
        kind = .event
        reference = [
            "event_id": .string(record.eventID), "log": .integer(record.logID),
            "topic": .string(record.message.topic),
            "partition": .integer(Int64(record.message.partition)),
            "offset": .integer(record.message.offset), "correlation_id": .string(record.trail),
        ]
        sourceSystem = record.source
        logRow = LogReference(id: record.logID, receivedAt: record.receivedAt)
        runID = nil
    }

    /// `line` is the line of the file `object` on which the row begins; nil if it has none.
    init(run: Int64, object: String, line: Int64?, sourceSystem: String) {
        kind = .file
        reference = [
            "run": .integer(run), "file": .string(object), "line": .integer(orNull: line),
            "correlation_id": .string(CorrelationID.run(run)),
        ]
        self.sourceSystem = sourceSystem
        logRow = nil
        runID = run
    }
}
