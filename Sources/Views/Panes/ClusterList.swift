import Probes

/// Unresolved dead letters grouped by their cause.
enum ClusterList: RowList {
    static let noun = Noun.clusters
    static let words = (one: "cluster", many: "clusters")
    static let emptyWords = "No dead letters. Nothing has failed for good."

    static let columns: [ListColumn<LetterCluster>] = [
        ListColumn(
            "letters", width: 7, rank: 0, alignment: .right, sort: { $0.letters > $1.letters },
            cell: { row, _ in [Span(Count.full(row.letters), Style(.critical))] }),
        ListColumn(
            "reason", width: 19, rank: 0, sort: { $0.reason < $1.reason },
            cell: { row, _ in [Span(row.reason)] }),
        ListColumn(
            "for example", width: 26, growth: 6, rank: 1,
            cell: { row, _ in [Span(row.sampleError, Style(.muted))] }),
        ListColumn(
            "entities", width: 8, rank: 4, alignment: .right, sort: { $0.entities > $1.entities },
            cell: { row, _ in [Span(Count.full(row.entities))] }),
        ListColumn(
            "newest", width: 6, rank: 2, alignment: .right, sort: { $0.newestAt > $1.newestAt },
            cell: { row, context in [Span(context.shortAge(row.newestAt))] }),
        ListColumn(
            "first", width: 5, rank: 5, alignment: .right, sort: { $0.firstAt < $1.firstAt },
            cell: { row, context in [Span(context.shortAge(row.firstAt))] }),
        ListColumn(
            "last one was resolved by", width: 24, growth: 2, rank: 6,
            cell: { row, _ in [Span(row.lastResolution ?? "", Style(.muted))] }),
    ]

    static func reading(in readings: ConsoleReadings) -> Reading<Page<LetterCluster>>? {
        readings.clusters
    }

    static func id(of row: LetterCluster) -> RowID { .name(row.fingerprint) }
    static func subject(of row: LetterCluster) -> DetailSubject { .letter(row.sampleID) }
    static func copyText(of row: LetterCluster) -> String { row.fingerprint }

    static func summary(of model: ConsoleModel) -> [Span] { LetterList.summary(of: model) }
}
