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

    static func summary(of model: ConsoleModel) -> [Span] {
        guard let state = model.readings.auditSeals?.value else { return [] }
        return [
            state.sealWords(model.context), Span("  "), state.verifiedWords(model.context),
        ]
    }
}

extension AuditSealState {
    /// Longer than this, and no engine seals.
    private static let patience: Duration = .seconds(300)

    fileprivate func sealWords(_ context: DrawContext) -> Span {
        guard let sealedTo else {
            return Span(unsealed == 0 ? "nothing to seal" : "nothing sealed yet", Style(.muted))
        }
        guard unsealed > 0, let oldest = oldestUnsealedAt else {
            return Span("sealed to entry \(sealedTo)", Style(.ok))
        }
        let count = unsealed > 10_000 ? "10,000+" : Count.full(unsealed)
        let isLate = context.now.since(oldest) > Self.patience
        return Span(
            "\(count) not sealed, oldest \(context.age(oldest))",
            Style(isLate ? .warning : .muted))
    }

    fileprivate func verifiedWords(_ context: DrawContext) -> Span {
        guard let verifiedAt else { return Span("never verified", Style(.muted)) }
        guard wasWhole == true else {
            return Span(
                "NOT WHOLE at \(context.near(verifiedAt)): audit --verify", Style(.critical))
        }
        let age = context.age(verifiedAt)
        return Span(age == "now" ? "verified just now" : "verified \(age) ago", Style(.muted))
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
