import Probes

/// Vendors' codes in our words; first those that have none, which is what a person has to do.
enum MappingList: RowList {
    static let noun = Noun.mappings
    static let words = (one: "code", many: "codes")
    static let emptyWords =
        "No codes yet. Items need a word of ours for their vendor's units and VAT: a adds one, and "
        + "what a vendor sends without comes up here."

    static let columns: [ListColumn<MappingRow>] = [
        ListColumn(
            "vendor", width: 12, growth: 2, rank: 1, sort: { $0.vendor < $1.vendor },
            cell: { row, _ in [Span(row.vendor)] }),
        ListColumn(
            "type", width: 9, rank: 0, sort: { $0.type.rawValue < $1.type.rawValue },
            cell: { row, _ in [Span(row.type.rawValue, Style(.muted))] }),
        ListColumn(
            "their code", width: 12, growth: 3, rank: 0, sort: { $0.erpCode < $1.erpCode },
            cell: { row, _ in [Span(row.erpCode)] }),
        ListColumn(
            "our code", width: 10, growth: 2, rank: 0,
            sort: { ($0.ourCode ?? "") < ($1.ourCode ?? "") },
            cell: { row, context in [row.ours(context.glyphs)] }),
        ListColumn(
            "state", width: 10, rank: 2, sort: { $0.state.urgency < $1.state.urgency },
            cell: { row, context in [row.state.sign(context.glyphs)] }),
        ListColumn(
            "label", width: 12, growth: 4, rank: 4,
            cell: { row, _ in [Span(row.label ?? "", Style(.muted))] }),
        ListColumn(
            "seen", width: 5, rank: 3, alignment: .right,
            sort: { ($0.seen ?? 0) > ($1.seen ?? 0) },
            cell: { row, _ in
                [Span(row.seen.map { Count.short($0) } ?? "", Style(.warning))]
            }),
        ListColumn(
            "age", width: 4, rank: 5, alignment: .right, sort: { $0.updatedAt > $1.updatedAt },
            cell: { row, context in [Span(context.shortAge(row.updatedAt), Style(.muted))] }),
    ]

    static func reading(in readings: ConsoleReadings) -> Reading<Page<MappingRow>>? {
        readings.mappings
    }

    static func id(of row: MappingRow) -> RowID { .name(row.id) }
    static func subject(of row: MappingRow) -> DetailSubject { .mapping(.name(row.id)) }
    static func copyText(of row: MappingRow) -> String { row.erpCode }
    static func vendor(of row: MappingRow) -> String? { row.vendor }

    static func summary(of model: ConsoleModel) -> [Span] {
        guard let unmapped = model.readings.overview?.value.vendors.unmappedCodes, unmapped > 0
        else { return [] }
        return [Span("\(Count.full(unmapped)) without a word of ours", Style(.warning))]
    }
}

extension MappingState {
    var role: Role {
        switch self {
        case .unmapped: .warning
        case .active: .ok
        case .inactive: .muted
        }
    }

    var urgency: Int { MappingState.allCases.firstIndex(of: self) ?? 0 }

    func sign(_ glyphs: GlyphSet) -> Span {
        let sign =
            switch self {
            case .unmapped: glyphs.triangleUp
            case .active: glyphs.circleFull
            case .inactive: glyphs.circleEmpty
            }
        return Span("\(sign) \(rawValue)", Style(role))
    }
}

extension MappingRow {
    func ours(_ glyphs: GlyphSet) -> Span {
        guard let ourCode else { return Span("?", Style(.warning)) }
        return Span(ourCode, Style(state == .inactive ? .muted : .normal))
    }
}
