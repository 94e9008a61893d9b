import Probes

/// Events, the newest at the bottom: the history that was read, and the live tail.
enum EventList: RowList {
    static let noun = Noun.events
    static let words = (one: "event", many: "events")
    static let emptyWords = "No events yet. They appear here the moment they are decided."

    static let columns: [ListColumn<EventRow>] = [
        ListColumn(
            "received", width: 8, rank: 3,
            cell: { row, context in [Span(context.near(row.receivedAt), Style(.muted))] }),
        ListColumn(
            "event", width: 11, growth: 1, rank: 1,
            cell: { row, _ in [Span(row.typeWords)] }),
        ListColumn(
            "service", width: 21, growth: 4, rank: 0, overflow: .middle,
            cell: { row, _ in
                row.serviceCode.map { [Span($0)] }
                    ?? [Span(row.eventID, Style(.muted))]
            }),
        ListColumn(
            "status", width: 11, rank: 0,
            cell: { row, _ in [Span(row.status.words, Style(row.status.role))] }),
        ListColumn(
            "outcome", width: 12, growth: 2, rank: 2,
            cell: { row, _ in
                let sign = row.hasWarnings ? [Span("! ", Style(.warning))] : []
                return sign + [Span(row.error ?? row.outcome ?? "", Style(.muted))]
            }),
        ListColumn(
            "place", width: 20, growth: 1, rank: 5,
            cell: { row, _ in
                [Span("\(row.topic)/\(row.partition)@\(row.offset)", Style(.muted))]
            }),
        ListColumn(
            "latency", width: 8, rank: 4, alignment: .right,
            cell: { row, _ in [Span(row.latencyWords, Style(.muted))] }),
    ]

    static func reading(in readings: ConsoleReadings) -> Reading<Page<EventRow>>? {
        readings.events
    }

    static func rows(in model: ConsoleModel) -> [EventRow]? {
        model.readings.events == nil && model.stream.rows.isEmpty ? nil : model.stream.rows
    }

    static func id(of row: EventRow) -> RowID { .number(row.id) }
    static func subject(of row: EventRow) -> DetailSubject { .event(row.id) }
    static func copyText(of row: EventRow) -> String { row.eventID }
    static func serviceCode(of row: EventRow) -> String? { row.serviceCode }

    static func summary(of model: ConsoleModel) -> [Span] {
        var spans: [Span] = []
        if model.stream.isPaused {
            let waiting = model.stream.waiting.count
            let key = model.keys.name(of: .follow)
            spans.append(
                Span(
                    waiting == 0
                        ? " PAUSED, \(key) follows "
                        : " PAUSED, \(Count.full(waiting)) new, \(key) follows ",
                    Style(.paused)))
        } else {
            spans.append(Span("live", Style(.ok)))
        }
        if model.stream.dropped > 0 {
            spans.append(
                Span("  \(Count.full(model.stream.dropped)) left out", Style(.warning)))
        }
        return spans
    }
}

extension EventStatus {
    var words: String { self == .deadLettered ? "dead letter" : rawValue }

    var role: Role {
        switch self {
        case .processed: .ok
        case .skipped: .muted
        case .held: .accent
        case .parked, .retrying: .warning
        case .deadLettered: .critical
        }
    }
}

extension EventRow {
    /// The type without the part that all of the catalog's events share.
    var typeWords: String {
        guard let eventType else { return "(no type)" }
        let prefix = "service."
        return eventType.hasPrefix(prefix) && eventType.utf8.count > prefix.utf8.count
            ? String(eventType.dropFirst(prefix.count)) : eventType
    }

    /// `38 ms`, `1.2 s`
    var latencyWords: String {
        guard let latency = latencyMilliseconds, latency.isFinite, latency >= 0 else {
            return Count.unknown
        }
        if latency < 1_000 { return "\(Int(latency.rounded())) ms" }
        return latency < 60_000
            ? "\(Count.rate(latency / 1_000)) s" : Age.words(.milliseconds(Int64(latency)))
    }
}
