import Probes

/// The line of panes with what waits in them. The narrower the screen, the less of what is calm: a pane
/// in which something waits keeps its name and its number to the last, the alerts before all others.
struct TabsView {
    let model: ConsoleModel

    func draw(into canvas: inout Canvas) {
        for detail in Detail.allCases {
            let isBefore = { (pane: Pane) in pane.digit != nil && pane != .alerts }
            let before = Pane.allCases.filter(isBefore).compactMap { tab($0, detail) }
            let last = Pane.allCases.filter { !isBefore($0) }.compactMap { tab($0, detail) }
            let (room, needed) = (canvas.columns - width(last), width(before))
            guard needed <= room || detail == .fewest else { continue }
            // Where even that is too much, the alerts stay whole.
            canvas.write(
                Array(before.joined()), row: 0, column: 0, width: max(0, min(needed, room)))
            canvas.write(Array(last.joined()), row: 0, column: max(0, min(needed, room)))
            return
        }
    }

    /// From the widest to the narrowest.
    private enum Detail: Int, CaseIterable, Comparable {
        /// Every pane by its name.
        case full, short
        /// Names only where something waits.
        case waiting
        /// Nothing but where something waits, and the pane that is shown.
        case urgent
        /// The same, in as few letters as one understands.
        case least
        /// The same, and of the pane that is shown the digit alone: it shows itself.
        case bare
        /// The same with one blank between two.
        case tight
        /// The same without the jobs: what failed of them is a letter too.
        case fewest

        static func < (left: Detail, right: Detail) -> Bool { left.rawValue < right.rawValue }
    }

    private func width(_ tabs: [[Span]]) -> Int {
        tabs.joined().reduce(0) { $0 + VisibleText.columns($1.text, model.glyphs) }
    }

    private func tab(_ pane: Pane, _ detail: Detail) -> [Span]? {
        let isActive = pane == model.pane
        var count = count(of: pane)
        // The overview and the lag's own pane say it; nobody is called for it.
        if detail >= .waiting, pane == .lag { count = nil }
        if detail >= .fewest, pane == .jobs { count = nil }
        guard isActive || (pane.digit != nil && (detail < .urgent || count != nil)) else {
            return nil
        }
        let title =
            switch detail {
            case .full: pane.title
            case .short, .waiting, .urgent: pane.shortTitle
            case .least, .bare, .tight, .fewest: pane.shortestTitle
            }
        let isNamed =
            count != nil || detail < .waiting
            || (isActive && (detail < .bare || pane.digit == nil))
        let text = [pane.digit.map { "\($0)" }, isNamed ? title : nil].compactMap { $0 }
            .joined(separator: " ")
        guard !isActive else {
            let number = count.map { " \(Count.short($0.value))" } ?? ""
            return [Span(" \(text)\(number) ", Style(.selected).adding(.bold))]
        }
        let blank = detail >= .tight ? "" : " "
        guard let count else { return [Span(" \(text)\(blank)", Style(.muted))] }
        return [
            Span(" \(text)", Style(.muted)),
            Span(" \(Count.short(count.value))", Style(count.role)), Span(blank),
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
