import Probes

/// Dead letters, one by one.
enum LetterList: RowList {
    static let noun = Noun.dlq
    static let words = (one: "letter", many: "letters")
    static let emptyWords = "No dead letters. Nothing has failed for good."

    static let columns: [ListColumn<LetterRow>] = [
        ListColumn(
            "id", width: 6, rank: 4, alignment: .right, sort: { $0.id > $1.id },
            cell: { row, _ in [Span("\(row.id)", Style(.muted))] }),
        ListColumn(
            "state", width: 8, rank: 1, sort: { $0.state.urgency < $1.state.urgency },
            cell: { row, _ in [Span(row.state.rawValue, Style(row.state.role))] }),
        ListColumn(
            "entity", width: 21, growth: 3, rank: 1, overflow: .middle,
            sort: { ($0.entityID ?? "") < ($1.entityID ?? "") },
            cell: { row, _ in
                row.entityID.map { [Span($0)] } ?? [Span(row.key ?? "(unknown)", Style(.muted))]
            }),
        ListColumn(
            "reason", width: 16, growth: 1, rank: 0, sort: { $0.reason < $1.reason },
            cell: { row, _ in [Span(row.reason)] }),
        ListColumn(
            "error", width: 16, growth: 5, rank: 2,
            cell: { row, _ in [Span(row.error, Style(.muted))] }),
        ListColumn(
            "tries", width: 5, rank: 6, alignment: .right, sort: { $0.attempts > $1.attempts },
            cell: { row, _ in [Span("\(row.attempts)", Style(.muted))] }),
        ListColumn(
            "place", width: 20, growth: 1, rank: 7,
            cell: { row, _ in [Span(row.place ?? row.origin, Style(.muted))] }),
        ListColumn(
            "age", width: 4, rank: 3, alignment: .right, sort: { $0.createdAt < $1.createdAt },
            cell: { row, context in [Span(context.shortAge(row.createdAt))] }),
    ]

    static func reading(in readings: ConsoleReadings) -> Reading<Page<LetterRow>>? {
        readings.letters
    }

    static func id(of row: LetterRow) -> RowID { .number(row.id) }
    static func subject(of row: LetterRow) -> DetailSubject { .letter(row.id) }
    static func copyText(of row: LetterRow) -> String { "\(row.id)" }

    static func serviceCode(of row: LetterRow) -> String? {
        row.entityType == "service" ? row.entityID : nil
    }

    static func summary(of model: ConsoleModel) -> [Span] {
        guard let open = model.readings.overview?.value.deadLettersOpen, open > 0 else { return [] }
        return [Span("\(Count.full(open)) open", Style(.critical))]
    }
}

extension LetterState {
    var role: Role {
        switch self {
        case .open: .critical
        case .retrying: .warning
        case .resolved: .muted
        }
    }

    /// Open ones first.
    var urgency: Int { LetterState.allCases.firstIndex(of: self) ?? 0 }
}

extension LetterRow {
    /// `topic/partition@offset`, if it came from Kafka.
    var place: String? {
        guard let topic, let partition, let offset else { return nil }
        return "\(topic)/\(partition)@\(offset)"
    }
}
