import Probes

/// Breaking changes: those that wait, and those that were decided.
enum ReviewList: RowList {
    static let noun = Noun.review
    static let words = (one: "change", many: "changes")
    static let emptyWords =
        "Nothing waits for a decision. Breaking changes are held here until a person decides."

    static let columns: [ListColumn<ReviewRow>] = [
        ListColumn(
            "id", width: 6, rank: 4, alignment: .right, sort: { $0.id > $1.id },
            cell: { row, _ in [Span("\(row.id)", Style(.muted))] }),
        ListColumn(
            "service", width: 21, growth: 4, rank: 0, overflow: .middle,
            sort: { $0.serviceCode < $1.serviceCode },
            cell: { row, _ in [Span(row.serviceCode)] }),
        ListColumn(
            "cc", width: 2, rank: 5, sort: { ($0.countryCode ?? "") < ($1.countryCode ?? "") },
            cell: { row, _ in [Span(row.countryCode ?? "", Style(.muted))] }),
        ListColumn(
            "state", width: 8, rank: 1, sort: { $0.state.urgency < $1.state.urgency },
            cell: { row, _ in [row.standing] }),
        ListColumn(
            "orders", width: 6, rank: 1, alignment: .right,
            sort: { $0.impactActiveOrders > $1.impactActiveOrders },
            cell: { row, _ in
                [
                    Span(
                        Count.full(row.impactActiveOrders),
                        Style(row.impactActiveOrders > 0 ? .warning : .muted))
                ]
            }),
        ListColumn(
            "held because", width: 17, growth: 5, rank: 2,
            cell: { row, _ in
                [Span(row.reasons.map { ReviewReason.short($0) }.joined(separator: ", "))]
            }),
        ListColumn(
            "from", width: 6, growth: 1, rank: 6,
            cell: { row, _ in
                [Span(row.sourceSystem ?? row.origin, Style(.muted))]
            }),
        ListColumn(
            "age", width: 4, rank: 3, alignment: .right, sort: { $0.createdAt < $1.createdAt },
            cell: { row, context in [Span(context.shortAge(row.createdAt))] }),
        ListColumn(
            "decided by", width: 10, growth: 1, rank: 7,
            cell: { row, _ in [Span(row.decidedBy ?? "", Style(.muted))] }),
    ]

    static func reading(in readings: ConsoleReadings) -> Reading<Page<ReviewRow>>? {
        readings.review
    }

    static func id(of row: ReviewRow) -> RowID { .number(row.id) }
    static func subject(of row: ReviewRow) -> DetailSubject { .review(row.id) }
    static func copyText(of row: ReviewRow) -> String { row.serviceCode }
    static func serviceCode(of row: ReviewRow) -> String? { row.serviceCode }

    static func summary(of model: ConsoleModel) -> [Span] {
        guard let open = model.readings.overview?.value.reviewOpen, open > 0 else { return [] }
        return [Span("\(Count.full(open)) open", Style(.accent))]
    }
}

extension ReviewRow {
    /// The state, or what it still lacks.
    fileprivate var standing: Span {
        if state == .open, firstApprover != nil { return Span("1 of 2", Style(.warning)) }
        if needsSecondLook { return Span("look due", Style(.critical)) }
        return Span(state.rawValue, Style(state.role))
    }
}

extension ReviewState {
    var role: Role {
        switch self {
        case .open: .accent
        case .approved: .ok
        case .rejected: .normal
        case .superseded: .muted
        }
    }

    /// Open ones first.
    var urgency: Int { ReviewState.allCases.firstIndex(of: self) ?? 0 }
}
