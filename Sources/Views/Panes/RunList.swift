import Probes

/// The runs: those that ask or go on, and what came of the others.
enum RunList: RowList {
    static let noun = Noun.runs
    static let words = (one: "run", many: "runs")
    static let emptyWords =
        "No run yet. A run compares a country's file with the catalog and corrects what differs."

    static let columns: [ListColumn<RunRow>] = [
        ListColumn(
            "id", width: 5, rank: 4, alignment: .right, sort: { $0.id > $1.id },
            cell: { row, _ in [Span("\(row.id)", Style(.muted))] }),
        ListColumn(
            "source", width: 12, growth: 1, rank: 0, sort: { $0.source < $1.source },
            cell: { row, _ in [Span(row.source)] }),
        ListColumn(
            "state", width: 13, rank: 0, sort: { $0.state.urgency < $1.state.urgency },
            cell: { row, context in [row.state.sign(context.glyphs)] }),
        ListColumn(
            "age", width: 4, rank: 9, alignment: .right, sort: { $0.startedAt > $1.startedAt },
            cell: { row, context in [Span(context.shortAge(row.startedAt))] }),
        ListColumn(
            "rows", width: 5, rank: 4, alignment: .right,
            sort: { $0.counts.fetched > $1.counts.fetched },
            cell: { row, _ in [Span(Count.short(row.counts.fetched))] }),
        ListColumn(
            "drift", width: 6, rank: 1, alignment: .right,
            sort: { ($0.driftPercent ?? -1) > ($1.driftPercent ?? -1) },
            cell: { row, _ in [row.driftSpan] }),
        count("created", \.created, rank: 6),
        count("updated", \.updated, rank: 5),
        count("held", \.held, role: .accent, rank: 8),
        count("orphaned", \.orphaned, role: .warning, rank: 6),
        count("newer", \.newer, rank: 11),
        count("failed", \.failed, role: .critical, rank: 7),
        ListColumn(
            "how it goes, or went", width: 20, growth: 6, rank: 3,
            cell: { row, context in row.story(context) }),
        ListColumn(
            "by", width: 8, growth: 1, rank: 10, sort: { $0.starter < $1.starter },
            cell: { row, _ in [Span(row.starter, Style(.muted))] }),
    ]

    private static func count(
        _ title: String, _ get: @escaping @Sendable (RunCounts) -> Int64, role: Role = .normal,
        rank: Int
    ) -> ListColumn<RunRow> {
        ListColumn(
            title, width: title.utf8.count, rank: rank, alignment: .right,
            sort: { get($0.counts) > get($1.counts) },
            cell: { row, _ in
                let number = get(row.counts)
                // What would have been is no figure of what was done.
                let isPale = number == 0 || row.endedAsking
                return [Span(Count.short(number), Style(isPale ? .muted : role))]
            })
    }

    static func reading(in readings: ConsoleReadings) -> Reading<Page<RunRow>>? { readings.runs }
    static func id(of row: RunRow) -> RowID { .number(row.id) }
    static func subject(of row: RunRow) -> DetailSubject { .run(row.id) }
    static func copyText(of row: RunRow) -> String { "\(row.id)" }

    static func summary(of model: ConsoleModel) -> [Span] {
        // They are of all runs: beside a part of them they would mislead.
        guard model.view(.runs).filter.isEmpty, let overview = model.readings.overview?.value
        else { return [] }
        let parts = [
            (overview.runsAwaitingDecision, "to decide", Role.warning),
            (overview.runsRunning, "running", .ok), (overview.runsWaiting, "waiting", .muted),
        ].filter { $0.0 > 0 }
        return Array(
            parts.map { [Span("\(Count.full($0.0)) \($0.1)", Style($0.2))] }
                .joined(separator: [Span("  ")]))
    }
}

extension RunState {
    /// As the screen words it; `to decide` is what it means for whoever reads it.
    var words: String {
        switch self {
        case .awaitingDecision: "to decide"
        case .partialSuccess: "partial"
        default: rawValue
        }
    }

    /// Completes "run 12 …".
    var predicate: String {
        switch self {
        case .awaitingDecision: "waits for a decision"
        case .success: "went well"
        case .partialSuccess: "corrected what it could"
        case .failed: "failed"
        default: "is \(rawValue)"
        }
    }

    var role: Role {
        switch self {
        case .awaitingDecision: .warning
        case .running: .info
        case .waiting, .cancelled, .reverted: .muted
        case .success, .partialSuccess: .ok
        case .failed, .interrupted: .critical
        }
    }

    /// The word behind a sign, so that the eye finds it without colours.
    func sign(_ glyphs: GlyphSet) -> Span {
        let sign =
            switch self {
            case .awaitingDecision: glyphs.triangleUp
            case .running: glyphs.circleHalf
            case .waiting: glyphs.circleEmpty
            case .success, .partialSuccess: glyphs.check
            case .failed, .interrupted: glyphs.ballot
            case .cancelled: glyphs.pause
            case .reverted: glyphs.arrowLeft
            }
        return Span("\(sign) \(words)", Style(role))
    }

    /// What asks first.
    var urgency: Int {
        switch self {
        case .awaitingDecision: 0
        case .running: 1
        case .waiting: 2
        case .failed: 3
        case .interrupted: 4
        case .partialSuccess: 5
        case .success: 6
        case .cancelled: 7
        case .reverted: 8
        }
    }
}
