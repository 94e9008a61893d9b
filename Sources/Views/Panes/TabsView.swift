import Probes

/// The line of panes with what waits in them. The pane that is shown has its name at any width; the
/// narrower the screen, the less of the others, those that are calm first. The alerts stay to the last.
struct TabsView {
    let model: ConsoleModel

    func draw(into canvas: inout Canvas) {
        for detail in Detail.allCases {
            let isBefore = { (pane: Pane) in pane.digit != nil && pane != .alerts }
            let before = Pane.allCases.filter(isBefore).compactMap { tab($0, detail) }
            let last = Pane.allCases.filter { !isBefore($0) }.compactMap { tab($0, detail) }
            let (room, needed) = (canvas.columns - width(last), width(before))
            guard needed <= room || detail == .alone else { continue }
            // Where even that is too much, the alerts stay whole.
            canvas.write(
                Array(before.joined()), row: 0, column: 0, width: max(0, min(needed, room)))
            canvas.write(Array(last.joined()), row: 0, column: max(0, min(needed, room)))
            return
        }
    }

    /// How much of the panes that are not shown, from the widest to the narrowest.
    private enum Detail: Int, CaseIterable, Comparable {
        /// Every pane by its name.
        case full, short
        /// Every pane in as few letters as one understands.
        case brief
        /// Names only where something waits.
        case waiting
        /// Nothing but where something waits.
        case urgent
        /// The same, in as few letters as one understands.
        case least
        /// The same with one blank between two.
        case tight
        /// The same without the jobs: what failed of them is a letter too.
        case fewest
        /// The same without the runs: of those that need somebody an alert tells.
        case fewer
        /// The alerts, and no other.
        case alone

        static func < (left: Detail, right: Detail) -> Bool { left.rawValue < right.rawValue }
    }

    private func width(_ tabs: [[Span]]) -> Int {
        tabs.joined().reduce(0) { $0 + VisibleText.columns($1.text, model.glyphs) }
    }

    private func tab(_ pane: Pane, _ detail: Detail) -> [Span]? {
        guard pane != model.pane else { return shown(pane) }
        var count = count(of: pane)
        // The overview and the lag's own pane say it; nobody is called for it.
        if detail >= .waiting, pane == .lag { count = nil }
        if detail >= .fewest, pane == .jobs { count = nil }
        if detail >= .fewer, pane == .runs { count = nil }
        if detail == .alone, pane != .alerts { count = nil }
        guard let digit = pane.digit, detail < .urgent || count != nil else { return nil }
        let title =
            switch detail {
            case .full: pane.title
            case .short, .waiting, .urgent: pane.shortTitle
            case .brief, .least, .tight, .fewest, .fewer, .alone: pane.shortestTitle
            }
        let isNamed = count != nil || detail < .waiting
        let text = isNamed ? " \(digit) \(title)" : " \(digit)"
        let blank = detail >= .tight ? "" : " "
        guard let count else { return [Span(text + blank, Style(.muted))] }
        return [
            Span(text, Style(.muted)),
            Span(" \(Count.short(count.value))", Style(count.role)), Span(blank),
        ]
    }

    /// The pane that is on the screen.
    private func shown(_ pane: Pane) -> [Span] {
        let words = [
            pane.digit.map { "\($0)" }, pane.title, count(of: pane).map { Count.short($0.value) },
        ]
        return [
            Span(
                " \(words.compactMap { $0 }.joined(separator: " ")) ",
                Style(.selected).adding(.bold))
        ]
    }

    /// What waits in a pane; nothing at all where nothing does.
    private func count(of pane: Pane) -> (value: Int, role: Role)? {
        guard let overview = model.readings.overview?.value else { return nil }
        let (value, role): (Int, Role) =
            switch pane {
            case .review: (overview.reviewOpen, .accent)
            case .deadLetters: (overview.deadLettersOpen, .critical)
            case .breakers: (overview.breakers.open, .critical)
            case .alerts:
                (overview.alerts.rules.count, overview.alerts.rules.first?.severity.role ?? .muted)
            case .jobs:
                overview.vendors.count(\.failed) > 0
                    ? (overview.vendors.count(\.failed), .critical)
                    : (overview.vendors.count(\.waiting), .warning)
            case .lag: (overview.lagMessages ?? 0, .normal)
            case .runs:
                overview.runsAwaitingDecision > 0
                    ? (overview.runsAwaitingDecision, .warning)
                    : (overview.runsRunning, .ok)
            case .overview, .events, .drift, .engines, .agents, .mappings, .schedule, .audit,
                .runbooks, .health, .logs:
                (0, .normal)
            }
        return value > 0 ? (value, role) : nil
    }
}
