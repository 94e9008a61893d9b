import Probes

/// What the log says of a transaction's events once it is committed: of those that are held, have
/// failed or wait for a retry always, of all where the log is to say everything. Never a payload, nor
/// a message that may quote one.
struct EventNotes: Sendable {
    private struct Note: Sendable {
        var level: EngineLog.Level
        var words: String
        var fields: LogFields
    }

    /// Of one transaction: a flood of faults has a line of its own.
    private static let most = 20

    private let saysAll: Bool
    private var notes: [Note] = []
    private var omitted = 0

    init(saysAll: Bool = false) {
        self.saysAll = saysAll
    }

    mutating func add(_ record: EventRecord, _ ruling: Ruling, in verdicts: Verdicts) {
        let level = Self.level(ruling.disposition)
        guard saysAll || level > .debug else { return }
        guard saysAll || notes.count < Self.most else {
            omitted += 1
            return
        }
        let name = record.serviceCode ?? "an event"
        var fields = record.logFields
        var words = "\(name): \(Self.words(ruling, of: record))"
        if case .held = ruling.disposition, let code = record.serviceCode,
            let item = verdicts.states[code]?.openReview, item.logID == record.logID
        {
            words += " as item \(item.id)"
            fields = fields.adding(["review_id": String(item.id)])
        }
        notes.append(Note(level: level, words: words, fields: fields))
    }

    func write(to log: EngineLog, part: String) {
        for note in notes { log(note.level, part, note.words, note.fields) }
        if omitted > 0 { log(.info, part, "\(omitted) more events of this batch need a look") }
    }

    private static func level(_ disposition: Disposition) -> EngineLog.Level {
        switch disposition {
        case .processed, .skipped, .parked: .debug
        case .held, .retrying: .info
        case .deadLettered: .warning
        }
    }

    private static func words(_ ruling: Ruling, of record: EventRecord) -> String {
        let outcome = ruling.disposition.outcome
        return switch ruling.disposition {
        case .processed: outcome
        case .skipped: "skipped, \(outcome)"
        case .held: "held for review"
        case .parked: "waits behind an earlier event"
        case .retrying(_, _, let attempts, _): "attempt \(attempts) failed (\(outcome))"
        case .deadLettered: "dead letter, \(outcome) (\(ruling.stage.rawValue) \(ruling.place))"
        }
    }
}
