import Probes

/// What comes from the sampler and from the engine.
extension ConsoleModel {
    /// Takes the newest readings. Cursors and marks stay with their rows.
    package mutating func take(_ new: ConsoleReadings) {
        unmasked = new
        mask()
        for noun in Noun.allCases { refresh(noun.list) }
        keepListInView()
        if let command = awaitedBulk { continueBulk(command) }
    }

    /// Takes events of the live tail, in their order, and how many were left out before them.
    package mutating func take(tail events: [EventRow], dropped: Int = 0) {
        stream.noteDropped(dropped)
        let filter = view(.events).filter
        let listed =
            filter.isEmpty
            ? events : FilterLanguage.matching(events, filter: filter, at: now)
        guard !listed.isEmpty else { return }
        stream.merge(listed)
        arrange(EventList.self)
        keepListInView()
    }

    /// Takes what came of an action. `instant` is the steady clock.
    package mutating func take(_ report: ActionReport, at instant: ContinuousClock.Instant) {
        defer { notice?.until = instant.advanced(by: Notice.duration) }
        noteAnswer(to: report.action)
        lastReport = report
        take(revealed: report)
        let troubled = report.lines.filter { $0.result != .done }
        if troubled.isEmpty {
            say(report.summary, .ok)
            // What was marked has been dealt with.
            if let noun = report.action.noun { update(noun) { $0.state.unmarkAll() } }
            if report.action.noun == .alerts { update(.alertGroups) { $0.state.unmarkAll() } }
        } else if overlay == nil {
            overlay = .result(report, top: 0)
        } else {
            say("\(report.summary) \(keys.name(of: .result)) shows why.", .warning)
        }
    }

    private mutating func refresh<List: RowList>(_ list: List.Type) {
        guard let reading = List.reading(in: readings),
            reading.takenAt != view(List.noun).takenAt
        else { return }
        let filter =
            readings.listTakenFor.flatMap { $0.noun == List.noun ? $0.filter : nil }
            ?? view(List.noun).takenFilter
        if List.noun == .events {
            if filter != view(.events).takenFilter { stream.empty() }
            stream.merge(readings.events?.value.rows ?? [])
        }
        update(List.noun) {
            $0.takenAt = reading.takenAt
            // What comes with the program need not be asked for.
            $0.takenFilter = List.noun == .runbooks ? $0.filter : filter
        }
        arrange(list)
    }

    /// Sorts the rows in hand and lets cursor and marks find theirs again.
    mutating func arrange<List: RowList>(_ list: List.Type) {
        guard let rows = List.rows(in: self) else { return }
        var order = Array(rows.indices)
        if let sort = view(List.noun).sort,
            let isBefore = List.columns.first(where: { $0.title == sort.column })?.isBefore
        {
            order.sort {
                sort.isReversed ? isBefore(rows[$1], rows[$0]) : isBefore(rows[$0], rows[$1])
            }
        }
        let ids = order.map { List.id(of: rows[$0]) }
        let follows =
            (List.noun == .events && !stream.isPaused)
            || (List.noun == .logs && pausedLog == nil)
        update(List.noun) {
            $0.state.arrange(ids: ids, order: order)
            if follows { $0.state.moveCursor(to: ids.count - 1) }
        }
    }

    mutating func keepListInView() {
        guard let noun else { return }
        let footer =
            switch noun {
            case .lag: LagPane.footerRows(self)
            case .alerts, .alertGroups: AlertPane.footerRows(self)
            default: 0
            }
        let rows = layout.listRows - footer
        update(noun) { $0.state.scroll(toShow: rows) }
    }
}
