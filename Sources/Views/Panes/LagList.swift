import Probes

/// Consumer lag, partition by partition; a row in all is drawn over it by the pane.
enum LagList: RowList {
    static let noun = Noun.lag
    static let words = (one: "partition", many: "partitions")
    static let emptyWords =
        "No partitions are known yet. They appear once an engine has joined its group."

    static let columns: [ListColumn<LagRow>] = [
        ListColumn(
            "partition", width: 20, growth: 3, rank: 0, sort: { $0.id < $1.id },
            cell: { row, context in
                var spans = [Span("\(row.topic)/\(row.partition)")]
                if !row.isOurs { spans.append(Span("  \(row.group)", Style(.muted))) }
                return spans
            }),
        ListColumn(
            "status", width: 8, rank: 1, sort: { $0.status.gravity > $1.status.gravity },
            cell: { row, _ in [Span(row.status.rawValue, Style(row.status.role))] }),
        ListColumn(
            "lag", width: 9, rank: 0, alignment: .right,
            sort: { ($0.lagMessages ?? -1) > ($1.lagMessages ?? -1) },
            cell: { row, _ in [Span(Count.full(row.lagMessages), Style(row.lagRole))] }),
        ListColumn(
            "trend", width: 8, rank: 4,
            cell: { row, _ in [row.trend] }),
        ListColumn(
            "in/s", width: 7, rank: 5, alignment: .right,
            sort: { ($0.producedPerSecond ?? -1) > ($1.producedPerSecond ?? -1) },
            cell: { row, _ in [Span(Count.rate(row.producedPerSecond))] }),
        ListColumn(
            "out/s", width: 7, rank: 3, alignment: .right,
            sort: { ($0.consumedPerSecond ?? -1) > ($1.consumedPerSecond ?? -1) },
            cell: { row, _ in [Span(Count.rate(row.consumedPerSecond))] }),
        ListColumn(
            "empty in", width: 8, rank: 2, alignment: .right,
            sort: { ($0.drainSeconds ?? .infinity) > ($1.drainSeconds ?? .infinity) },
            cell: { row, _ in
                row.lagMessages == 0
                    ? [Span("empty", Style(.muted))]
                    : [Span(Age.forecast(seconds: row.drainSeconds))]
            }),
        ListColumn(
            "current", width: 12, rank: 6, alignment: .right,
            cell: { row, _ in [Span(Count.full(row.currentOffset), Style(.muted))] }),
        ListColumn(
            "end", width: 12, rank: 7, alignment: .right,
            cell: { row, _ in [Span(Count.full(row.endOffset), Style(.muted))] }),
    ]

    static func reading(in readings: ConsoleReadings) -> Reading<Page<LagRow>>? { readings.lag }
    static func id(of row: LagRow) -> RowID { .name(row.id) }
    static func subject(of row: LagRow) -> DetailSubject { .lag(.name(row.id)) }
    static func copyText(of row: LagRow) -> String { "\(row.topic)/\(row.partition)" }

    static func summary(of model: ConsoleModel) -> [Span] {
        let rows = rows(in: model) ?? []
        let paused = rows.reduce(0) { $0 + ($1.pausedReason == nil ? 0 : 1) }
        guard paused > 0 else { return [] }
        return [Span("\(Count.full(paused)) paused", Style(.warning))]
    }
}

extension LagStatus {
    var role: Role {
        switch self {
        case .ok: .ok
        case .warn, .rewind, .paused: .warning
        case .stall, .stop: .critical
        case .unknown: .muted
        }
    }

    /// The greater, the sooner somebody should look.
    var gravity: Int {
        switch self {
        case .stop: 6
        case .stall: 5
        case .paused: 4
        case .rewind: 3
        case .warn: 2
        case .unknown: 1
        case .ok: 0
        }
    }

    /// What the word means, for the detail.
    var words: String {
        switch self {
        case .ok: "the group keeps up"
        case .warn: "the group moves, and its lag never shrinks"
        case .stall: "the committed offset stands still while messages wait"
        case .stop: "the group has stopped committing"
        case .rewind: "the committed offset went back"
        case .paused: "this partition is paused"
        case .unknown: "not enough is known to tell"
        }
    }
}

extension LagRow {
    var lagRole: Role {
        switch status {
        case .stall, .stop: .critical
        case .ok, .unknown: .normal
        case .warn, .rewind, .paused: .warning
        }
    }

    /// Whether the lag grows: what comes in against what goes out, with a tenth of tolerance.
    var trend: Span {
        guard let produced = producedPerSecond, let consumed = consumedPerSecond else {
            return Span(Count.unknown, Style(.muted))
        }
        // Where nothing waits, it only looks so between two looks.
        if (lagMessages ?? 0) > 0, produced > consumed * 1.1 + 0.1 {
            return Span("growing", Style(.warning))
        }
        if (lagMessages ?? 0) > 0, consumed > produced * 1.1 + 0.1 {
            return Span("draining", Style(.ok))
        }
        return Span("steady", Style(.muted))
    }
}
