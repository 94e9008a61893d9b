import Probes

/// Drift put together by country, field, source or day.
enum DriftGroupList: RowList {
    static let noun = Noun.driftGroups
    static let words = (one: "group", many: "groups")
    static let emptyWords = DriftList.emptyWords

    static let columns: [ListColumn<DriftGroup>] = [
        ListColumn(
            "group", width: 26, growth: 3, rank: 0, sort: { ($0.key ?? "") < ($1.key ?? "") },
            cell: { row, _ in [row.name] }),
        ListColumn(
            "rows", width: 7, rank: 0, alignment: .right,
            sort: { $0.tally.total > $1.tally.total },
            cell: { row, _ in [Span(Count.full(row.tally.total))] }),
        ListColumn(
            "share", width: 5, rank: 1, alignment: .right,
            cell: { row, _ in [Span(Count.percent(row.share * 100), Style(.muted))] }),
        ListColumn(
            "", width: 10, rank: 8,
            cell: { row, context in
                ProgressBar(share: row.share).spans(width: 10, glyphs: context.glyphs)
            }),
        count(.corrected, rank: 2), count(.held, rank: 2), count(.orphaned, rank: 3),
        count(.created, rank: 3), count(.newer, rank: 6), count(.rejected, rank: 6),
        count(.reverted, rank: 7),
        ListColumn(
            "newest", width: 6, rank: 5, alignment: .right, sort: { $0.newestAt > $1.newestAt },
            cell: { row, context in [Span(context.shortAge(row.newestAt))] }),
    ]

    private static func count(_ outcome: DriftOutcome, rank: Int) -> ListColumn<DriftGroup> {
        ListColumn(
            outcome.rawValue, width: outcome.rawValue.utf8.count, rank: rank, alignment: .right,
            sort: { $0.tally[outcome] > $1.tally[outcome] },
            cell: { row, _ in
                let number = row.tally[outcome]
                return [Span(Count.short(number), Style(number == 0 ? .muted : outcome.role))]
            })
    }

    static func reading(in readings: ConsoleReadings) -> Reading<Page<DriftGroup>>? {
        readings.driftGroups
    }

    /// None while what is in hand is grouped by something else than what was asked for.
    static func rows(in model: ConsoleModel) -> [DriftGroup]? {
        guard let rows = reading(in: model.readings)?.value.rows else { return nil }
        return rows.allSatisfy { $0.grouping == model.driftGrouping } ? rows : nil
    }

    static func id(of row: DriftGroup) -> RowID { .name(row.id) }
    static func subject(of row: DriftGroup) -> DetailSubject { .drift(row.newestID) }
    static func copyText(of row: DriftGroup) -> String { row.id }

    static func summary(of model: ConsoleModel) -> [Span] {
        guard let grouping = model.driftGrouping else { return [] }
        var spans = [Span("by \(grouping.rawValue)", Style(.accent))]
        if rows(in: model)?.first?.isOfNewestOnly == true {
            spans.append(
                Span("  of the newest \(Count.full(DriftProbe.window)) rows", Style(.muted)))
        }
        return spans
    }
}

extension DriftGroup {
    var name: Span {
        if let key { return Span(key) }
        return Span(grouping == .field ? "(whole services)" : "(none)", Style(.muted))
    }
}
