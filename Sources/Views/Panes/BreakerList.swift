import Probes

/// Every engine's circuit breakers.
enum BreakerList: RowList {
    static let noun = Noun.breakers
    static let words = (one: "breaker", many: "breakers")
    static let emptyWords =
        "No breakers yet. One appears with the first call to a system outside."

    static let columns: [ListColumn<BreakerRow>] = [
        ListColumn(
            "breaker", width: 22, growth: 5, rank: 0, overflow: .middle, sort: { $0.key < $1.key },
            cell: { row, _ in [Span(row.key)] }),
        ListColumn(
            "state", width: 11, rank: 0, sort: { $0.state.gravity > $1.state.gravity },
            cell: { row, context in
                [Span("\(row.state.sign(context.glyphs)) \(row.stateWords)", Style(row.state.role))]
            }),
        ListColumn(
            "failing", width: 7, rank: 1, alignment: .right,
            sort: { $0.failurePercent > $1.failurePercent },
            cell: { row, _ in
                [Span(row.calls == 0 ? Count.unknown : Count.percent(row.failurePercent))]
            }),
        ListColumn(
            "calls", width: 7, rank: 5, alignment: .right, sort: { $0.calls > $1.calls },
            cell: { row, _ in [Span(Count.full(row.calls), Style(.muted))] }),
        ListColumn(
            "next try", width: 8, rank: 2, alignment: .right,
            cell: { row, context in [row.nextTry(context)] }),
        ListColumn(
            "engine", width: 16, rank: 3,
            cell: { row, _ in
                [Span(row.engine + (row.isEngineLive ? "" : " (gone)"), Style(.muted))]
            }),
        ListColumn(
            "last error", width: 14, growth: 4, rank: 4,
            cell: { row, _ in [Span(row.lastError ?? "", Style(.muted))] }),
    ]

    static func reading(in readings: ConsoleReadings) -> Reading<Page<BreakerRow>>? {
        readings.breakers
    }

    static func id(of row: BreakerRow) -> RowID { .name(row.id) }
    static func subject(of row: BreakerRow) -> DetailSubject { .breaker(.name(row.id)) }
    static func copyText(of row: BreakerRow) -> String { row.key }
    static func vendor(of row: BreakerRow) -> String? { row.vendor }

    static func summary(of model: ConsoleModel) -> [Span] {
        guard let counts = model.readings.overview?.value.breakers, counts.open > 0 else {
            return []
        }
        return [Span("\(Count.full(counts.open)) open", Style(.critical))]
    }
}

extension BreakerState {
    var role: Role {
        switch self {
        case .closed: .ok
        case .halfOpen: .warning
        case .open: .critical
        }
    }

    var words: String { self == .halfOpen ? "half-open" : rawValue }

    /// Open ones first.
    var gravity: Int {
        switch self {
        case .open: 2
        case .halfOpen: 1
        case .closed: 0
        }
    }

    func sign(_ glyphs: GlyphSet) -> String {
        switch self {
        case .closed: glyphs.circleFull
        case .halfOpen: glyphs.circleHalf
        case .open: glyphs.circleEmpty
        }
    }
}

extension BreakerRow {
    var stateWords: String { isForced && state == .open ? "held open" : state.words }

    /// When an open breaker lets a probe through: the one figure that counts down on the screen.
    func nextTry(_ context: DrawContext) -> Span {
        guard state == .open else { return Span("", Style(.muted)) }
        guard !isForced, let retryAt else { return Span("by hand", Style(.muted)) }
        let left = retryAt.since(context.now)
        return left > .zero
            ? Span("in \(Age.exact(left))", Style(.warning)) : Span("due", Style(.warning))
    }
}
