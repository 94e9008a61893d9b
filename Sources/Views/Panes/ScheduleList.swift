import Probes

/// What is started at its times; Enter leads to the run that it started last.
enum ScheduleList: RowList {
    static let noun = Noun.schedule
    static let words = (one: "job", many: "jobs")
    static let emptyWords = "Nothing is scheduled yet. The engine that leads plans within seconds."

    static let columns: [ListColumn<ScheduleRow>] = [
        ListColumn(
            "job", width: 12, growth: 2, rank: 0, sort: { $0.name < $1.name },
            cell: { row, _ in [Span(row.name, Style(row.state == .retired ? .muted : .normal))] }),
        ListColumn(
            "state", width: 11, rank: 1, sort: { $0.state.order < $1.state.order },
            cell: { row, context in [row.state.sign(context.glyphs)] }),
        ListColumn(
            "next", width: 14, rank: 0, alignment: .right,
            sort: { ($0.nextDueAt ?? .latest) < ($1.nextDueAt ?? .latest) },
            cell: { row, context in [row.next(context)] }),
        ListColumn(
            "by its clock", width: 17, growth: 2, rank: 3, cell: { row, _ in row.nextThere }),
        ListColumn(
            "last result", width: 13, rank: 0,
            sort: { ($0.lastResult ?? "") < ($1.lastResult ?? "") },
            cell: { row, context in [row.result(context.glyphs)] }),
        ListColumn(
            "age", width: 4, rank: 4, alignment: .right,
            sort: { ($0.lastStartedAt ?? .earliest) > ($1.lastStartedAt ?? .earliest) },
            cell: { row, context in
                [Span(row.lastStartedAt == nil ? "" : context.shortAge(row.lastStartedAt))]
            }),
        ListColumn(
            "missed", width: 6, rank: 5, alignment: .right,
            sort: { $0.missedTotal > $1.missedTotal },
            cell: { row, _ in
                [
                    Span(
                        Count.short(row.missedTotal),
                        Style(row.missedTotal > 0 ? .warning : .muted))
                ]
            }),
        ListColumn(
            "cron", width: 12, growth: 1, rank: 7,
            cell: { row, _ in [Span(row.cron, Style(.muted))] }),
        ListColumn(
            "what was said", width: 14, growth: 4, rank: 6,
            cell: { row, _ in [row.note] }),
    ]

    static func reading(in readings: ConsoleReadings) -> Reading<Page<ScheduleRow>>? {
        readings.schedule
    }

    static func id(of row: ScheduleRow) -> RowID { .name(row.name) }

    /// The run that it started last; the job itself where it has started none.
    static func subject(of row: ScheduleRow) -> DetailSubject {
        row.lastRunID.map { .run($0) } ?? .schedule(.name(row.name))
    }

    static func copyText(of row: ScheduleRow) -> String { row.name }

    static func summary(of model: ConsoleModel) -> [Span] {
        let rows = rows(in: model) ?? []
        let paused = rows.count { $0.state == .paused }
        return paused > 0 ? [Span("\(Count.full(paused)) paused", Style(.warning))] : []
    }
}

extension ScheduleEntryState {
    var order: Int {
        switch self {
        case .paused: 0
        case .scheduled: 1
        case .retired: 2
        }
    }

    func sign(_ glyphs: GlyphSet) -> Span {
        switch self {
        case .scheduled: Span("\(glyphs.circleFull) scheduled", Style(.ok))
        case .paused: Span("\(glyphs.pause) paused", Style(.warning))
        case .retired: Span("\(glyphs.circleEmpty) retired", Style(.muted))
        }
    }
}

extension ScheduleRow {
    /// `in 4 h`; nothing where it is not started by itself.
    func next(_ context: DrawContext) -> Span {
        if requestedBy != nil { return Span("now", Style(.info)) }
        guard let nextDueAt, state == .scheduled else { return Span(Count.unknown, Style(.muted)) }
        let left = nextDueAt.since(context.now)
        guard left > .zero else {
            // The leader looks every second.
            return left > .seconds(-60)
                ? Span("due", Style(.info)) : Span("overdue", Style(.critical))
        }
        // Rounded up: jobs are due on the minute, and so the figure changes on it.
        return Span("in \(Age.words(left + .seconds(59)))")
    }

    /// By the clock of its own zone: `11-22 03:00 Madrid`.
    var nextThere: [Span] {
        guard let nextDueAt, state != .retired else { return [] }
        let offset = Int64(nextDueOffset ?? 0)
        let zone = ClockZone(name: timeZone) { _ in offset }
        let place = timeZone.split(separator: "/").last.map(String.init) ?? timeZone
        return [
            Span(zone.dayAndMinute(nextDueAt), Style(state == .paused ? .muted : .normal)),
            Span(" " + place.replacing("_", with: " "), Style(.muted)),
        ]
    }

    func result(_ glyphs: GlyphSet) -> Span {
        guard let lastResult else { return Span("not yet", Style(.muted)) }
        if let state = RunState(rawValue: lastResult) { return state.sign(glyphs) }
        switch lastResult {
        case "done": return Span("\(glyphs.check) done", Style(.ok))
        case "started": return Span("\(glyphs.circleHalf) under way", Style(.info))
        case "refused": return Span("\(glyphs.triangleUp) not started", Style(.warning))
        default: return Span("\(glyphs.ballot) \(lastResult)", Style(.critical))
        }
    }

    /// Why it is paused, or what was said of the last start.
    var note: Span {
        if state == .paused {
            let reason = pausedReason.map { ": \($0)" } ?? ""
            return Span("paused by \(pausedBy ?? "somebody")\(reason)", Style(.warning))
        }
        if state == .retired { return Span("not configured any more", Style(.muted)) }
        if let requestedBy { return Span("\(requestedBy) wants it now", Style(.info)) }
        return Span(lastMessage ?? "", Style(lastResult == "refused" ? .warning : .muted))
    }
}
