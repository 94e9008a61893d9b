import Probes

/// What is done at vendors' agents: first what has not ended.
enum JobList: RowList {
    static let noun = Noun.jobs
    static let words = (one: "job", many: "jobs")
    static let emptyWords =
        "No jobs yet. The first order for a vendor makes one: POST /api/v1/orders, or its event."

    static let columns: [ListColumn<JobRow>] = [
        ListColumn(
            "id", width: 6, rank: 5, alignment: .right, sort: { $0.id > $1.id },
            cell: { row, _ in [Span("\(row.id)", Style(.muted))] }),
        ListColumn(
            "vendor", width: 11, growth: 2, rank: 0, sort: { $0.vendor < $1.vendor },
            cell: { row, _ in [Span(row.vendor)] }),
        ListColumn(
            "order", width: 10, growth: 1, rank: 1, overflow: .middle,
            sort: { ($0.orderNumber ?? "") < ($1.orderNumber ?? "") },
            cell: { row, _ in
                row.orderNumber.map { [Span($0)] } ?? [Span(Count.unknown, Style(.muted))]
            }),
        ListColumn(
            "kind", width: 13, rank: 7, sort: { $0.kind < $1.kind },
            cell: { row, _ in [Span(row.kindWords, Style(.muted))] }),
        ListColumn(
            "state", width: 11, rank: 0, sort: { $0.state.urgency < $1.state.urgency },
            cell: { row, context in [row.state.sign(context.glyphs)] }),
        ListColumn(
            "failed", width: 6, rank: 4, alignment: .right, sort: { $0.attempts > $1.attempts },
            cell: { row, _ in [row.failedTries] }),
        ListColumn(
            "how it goes, or went", width: 20, growth: 5, rank: 2,
            cell: { row, context in row.story(context) }),
        ListColumn(
            "next try", width: 9, rank: 3, alignment: .right,
            sort: { ($0.nextAttemptAt ?? .latest) < ($1.nextAttemptAt ?? .latest) },
            cell: { row, context in [row.nextTry(context)] }),
        ListColumn(
            "age", width: 4, rank: 6, alignment: .right, sort: { $0.createdAt < $1.createdAt },
            cell: { row, context in [Span(context.shortAge(row.createdAt))] }),
    ]

    static func reading(in readings: ConsoleReadings) -> Reading<Page<JobRow>>? { readings.jobs }
    static func id(of row: JobRow) -> RowID { .number(row.id) }
    static func subject(of row: JobRow) -> DetailSubject { .job(row.id) }
    static func copyText(of row: JobRow) -> String { "\(row.id)" }
    static func vendor(of row: JobRow) -> String? { row.vendor }

    static func summary(of model: ConsoleModel) -> [Span] {
        // They are of all jobs: beside a part of them they would mislead.
        guard model.view(.jobs).filter.isEmpty,
            let vendors = model.readings.overview?.value.vendors
        else { return [] }
        let parts = [
            (vendors.count(\.waiting), "held up", Role.warning),
            (vendors.count(\.failed), "failed", .critical),
            (vendors.count(\.processing), "in hand", .ok),
        ].filter { $0.0 > 0 }
        return Array(
            parts.map { [Span("\(Count.full($0.0)) \($0.1)", Style($0.2))] }
                .joined(separator: [Span("  ")]))
    }
}

extension JobState {
    var role: Role {
        switch self {
        case .pending: .normal
        case .processing: .info
        case .completed: .ok
        case .failed: .critical
        case .cancelled: .muted
        }
    }

    /// As the screen words it.
    var words: String { self == .processing ? "in hand" : rawValue }

    /// What goes on first, then what failed.
    var urgency: Int {
        switch self {
        case .processing: 0
        case .pending: 1
        case .failed: 2
        case .completed: 3
        case .cancelled: 4
        }
    }

    func sign(_ glyphs: GlyphSet) -> Span {
        let sign =
            switch self {
            case .pending: glyphs.circleEmpty
            case .processing: glyphs.circleHalf
            case .completed: glyphs.check
            case .failed: glyphs.ballot
            case .cancelled: glyphs.pause
            }
        return Span("\(sign) \(words)", Style(role))
    }
}

extension JobWait {
    var words: String {
        switch self {
        case .agentOffline: "waits for its agent"
        case .breakerOpen: "waits for its breaker"
        case .notConfigured: "its vendor is not configured"
        case .backoff: "tried again"
        case .callback: "waits for the callback"
        }
    }
}

extension JobRow {
    /// `create order`
    var kindWords: String { kind.replacing("_", with: " ") }

    /// `2/5`: two calls have failed, after the fifth it is given up.
    var failedTries: Span {
        Span(
            "\(attempts)/\(maxAttempts)",
            Style(attempts == 0 ? .muted : attempts >= maxAttempts ? .critical : .warning))
    }

    /// What it waits for, who has it, or how it ended.
    func story(_ context: DrawContext) -> [Span] {
        switch state {
        case .pending:
            guard let waitsFor else {
                return [Span(attempts == 0 ? "waits for its turn" : "its turn", Style(.muted))]
            }
            let why = waitsFor == .backoff ? error : nil
            return [
                Span(waitsFor.words, Style(waitsFor == .backoff ? .muted : .warning)),
                Span(why.map { ": \($0)" } ?? "", Style(.muted)),
            ]
        case .processing:
            if waitsFor == .callback {
                let by = callbackBy.map { " by \(context.zone.minutes($0))" } ?? ""
                let isLate = callbackBy.map { $0 < context.now } ?? false
                return [Span("callback\(by)", Style(isLate ? .warning : .muted))]
            }
            return [Span(engineID.map { "called by engine \($0)" } ?? "called", Style(.muted))]
        case .completed: return [Span(erpReference ?? "", Style(.muted))]
        case .failed:
            return [Span(error ?? "given up", Style(.critical))]
                + (letterID.map { [Span("  letter \($0)", Style(.muted))] } ?? [])
        case .cancelled: return [Span(error ?? "", Style(.muted))]
        }
    }

    /// From a minute on rounded up to minutes; nothing where it is not tried by itself.
    func nextTry(_ context: DrawContext) -> Span {
        guard state == .pending, let nextAttemptAt else { return Span("") }
        if let waitsFor, waitsFor != .backoff {
            return Span("held up", Style(.warning))
        }
        let left = nextAttemptAt.since(context.now)
        return left > .zero
            ? Span("in \(left < .seconds(60) ? Age.exact(left) : Age.words(left + .seconds(59)))")
            : Span("due", Style(.info))
    }
}
