import Probes

/// Who did what, newest first.
enum AuditList: RowList {
    static let noun = Noun.audit
    static let words = (one: "entry", many: "entries")
    static let emptyWords = "Nobody has changed anything yet. Every change is written here."

    static let columns: [ListColumn<AuditRow>] = [
        ListColumn(
            "when", width: 11, rank: 1, sort: { $0.at > $1.at },
            cell: { row, context in [Span(context.near(row.at), Style(.muted))] }),
        ListColumn(
            "who", width: 10, growth: 1, rank: 0, sort: { $0.operatorName < $1.operatorName },
            cell: { row, _ in [Span(row.operatorName)] }),
        ListColumn(
            "did", width: 14, growth: 1, rank: 0, sort: { $0.action < $1.action },
            cell: { row, _ in [Span(row.action)] }),
        ListColumn(
            "to", width: 14, growth: 1, rank: 2,
            cell: { row, _ in
                [Span("\(row.targetType) \(row.targetID)")]
                    + (row.entityID.map { [Span("  \($0)", Style(.muted))] } ?? [])
            }),
        ListColumn(
            "result", width: 8, rank: 3, sort: { $0.result < $1.result },
            cell: { row, _ in [Span(row.result, Style(row.resultRole))] }),
        ListColumn(
            "because", width: 12, growth: 4, rank: 4,
            cell: { row, _ in [Span(row.reason ?? "", Style(.muted))] }),
    ]

    static func reading(in readings: ConsoleReadings) -> Reading<Page<AuditRow>>? {
        readings.audit
    }

    static func id(of row: AuditRow) -> RowID { .number(row.id) }
    static func subject(of row: AuditRow) -> DetailSubject { .audit(.number(row.id)) }
    static func copyText(of row: AuditRow) -> String { "\(row.id)" }

    static func serviceCode(of row: AuditRow) -> String? {
        row.targetType == "service" ? row.entityID ?? row.targetID : row.entityID
    }
}

extension AuditRow {
    var resultRole: Role {
        switch result {
        case "done": .ok
        case "refused": .warning
        case "failed": .critical
        default: .normal
        }
    }
}
