import Probes

/// Alerts put together by rule: what is wrong, of how many, since when.
enum AlertGroupList: RowList {
    static let noun = Noun.alertGroups
    static let words = (one: "rule", many: "rules")
    static let emptyWords = AlertList.emptyWords

    static let columns: [ListColumn<AlertGroup>] = [
        ListColumn(
            "state", width: 10, rank: 0, sort: { $0.newest.urgency < $1.newest.urgency },
            cell: { row, context in row.newest.state(context.glyphs) }),
        ListColumn(
            "severity", width: 8, rank: 4, sort: { $0.severity > $1.severity },
            cell: { row, _ in
                [
                    Span(
                        row.severity.rawValue,
                        Style(row.state == .resolved ? .muted : row.severity.role))
                ]
            }),
        ListColumn(
            "alert", width: 29, growth: 1, rank: 0, sort: { $0.rule < $1.rule },
            cell: { row, _ in [Span(row.rule)] }),
        ListColumn(
            "subjects", width: 8, rank: 1, alignment: .right,
            sort: { $0.subjects > $1.subjects },
            cell: { row, _ in
                [Span(row.subjectWords, Style(row.state == .resolved ? .muted : .normal))]
            }),
        ListColumn(
            "since", width: 5, rank: 2, alignment: .right, sort: { $0.firstAt < $1.firstAt },
            cell: { row, context in [Span(context.shortAge(row.firstAt))] }),
        ListColumn(
            "newest", width: 6, rank: 3, alignment: .right, sort: { $0.newestAt > $1.newestAt },
            cell: { row, context in [Span(context.shortAge(row.newestAt))] }),
        ListColumn(
            "the newest", width: 16, growth: 4, rank: 5, cell: { row, _ in row.newest.what }),
        ListColumn(
            "told", width: 27, rank: 6,
            cell: { row, context in row.newest.told(context.glyphs) }),
    ]

    static func reading(in readings: ConsoleReadings) -> Reading<Page<AlertGroup>>? {
        readings.alertGroups
    }

    static func id(of row: AlertGroup) -> RowID { .name(row.rule) }
    static func subject(of row: AlertGroup) -> DetailSubject { .alert(row.newest.id) }
    static func copyText(of row: AlertGroup) -> String { row.rule }

    static func summary(of model: ConsoleModel) -> [Span] { AlertList.summary(of: model) }
}

extension AlertGroup {
    /// `158`, or `3/7` where somebody looks after some of them.
    fileprivate var subjectWords: String {
        let (loud, all) = (unattendedIDs.count, standingIDs.count)
        return loud > 0 && loud < all
            ? "\(Count.short(loud))/\(Count.short(all))" : Count.full(subjects)
    }
}
