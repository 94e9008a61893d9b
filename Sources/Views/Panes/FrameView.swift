import Probes

/// What surrounds every pane: the status line on top, the tabs, and the hint line below.
struct FrameView {
    let model: ConsoleModel

    func drawStatus(into canvas: inout Canvas) {
        var column = 0
        let badge = badge
        column +=
            canvas.write(
                [badge], row: 0, column: 0, width: min(26, canvas.columns / 3)) + 1
        let clock = "\(model.facts.zone.minutes(model.now)) \(model.facts.zone.name)"
        let clockColumn = canvas.columns - clock.utf8.count - 1
        canvas.write(clock, row: 0, column: clockColumn, style: Style(.muted))
        let (left, right) = (leftStatus(canvas.columns), worst)
        column += canvas.write(left, row: 0, column: column, width: clockColumn - column - 1)
        if let right, clockColumn - column > 8 {
            canvas.write(
                [right], row: 0, column: column + 2, width: clockColumn - column - 4,
                alignment: .right)
        }
    }

    private var badge: Span {
        let facts = model.facts
        if facts.role == .demo { return Span(" DEMO ", Style(.demo)) }
        guard facts.isProduction else { return Span(" \(facts.environment) ", Style(.title)) }
        let isNamedSo = facts.environment.lowercased().hasPrefix("prod")
        return Span(
            isNamedSo ? " PRODUCTION " : " PRODUCTION \(facts.environment) ", Style(.production))
    }

    private func leftStatus(_ columns: Int) -> [Span] {
        var spans: [Span] = []
        if model.facts.role != .demo { spans.append(Span(model.facts.role.rawValue)) }
        if model.facts.isReadOnly {
            spans += [Span(spans.isEmpty ? "" : " "), Span("read-only", Style(.warning))]
        }
        if !spans.isEmpty { spans.append(Span("  ")) }
        return spans + server("kafka", model.readings.kafka) + [Span("  ")]
            + server(columns < 76 ? "db" : "database", model.readings.database)
    }

    /// Calm while all is well; loud, and with the time, when it is not.
    private func server(_ name: String, _ state: ServerState) -> [Span] {
        switch state {
        case .ready:
            return [Span("\(model.glyphs.check) ", Style(.ok)), Span(name, Style(.muted))]
        case .connecting:
            return [Span("\(model.glyphs.circleEmpty) \(name) connecting", Style(.warning))]
        case .unreachable(let since, _):
            let time = model.facts.zone.seconds(since)
            return [
                Span("\(model.glyphs.ballot) \(name) down since \(time)", Style(.critical))
            ]
        }
    }

    /// How much is wrong; the overview says what.
    private var worst: Span? {
        let problems = Problems(readings: model.readings, context: model.context).all
        guard let first = problems.first else { return nil }
        let grave = problems.filter { $0.gravity >= .warning }
        guard grave.count > 1 else { return Span(first.short, Style(first.gravity.role)) }
        return Span("\(first.short) +\(grave.count - 1)", Style(first.gravity.role))
    }

    func drawTabs(into canvas: inout Canvas) {
        for isShort in [false, true] {
            let tabs = tabs(isShort: isShort)
            let width = tabs.reduce(0) { $0 + VisibleText.columns($1.text, model.glyphs) }
            if width <= canvas.columns || isShort {
                canvas.write(tabs, row: 0, column: 0)
                return
            }
        }
    }

    private func tabs(isShort: Bool) -> [Span] {
        var spans: [Span] = []
        for pane in Pane.allCases where pane.digit != nil || pane == model.pane {
            let isActive = pane == model.pane
            let count = count(of: pane)
            let title = isShort ? pane.shortTitle : pane.title
            let digit = pane.digit.map { "\($0) " } ?? ""
            let text = count.map { "\(digit)\(title) \(Count.short($0.value))" } ?? digit + title
            if isShort { spans.append(Span(spans.isEmpty ? "" : " ")) }
            let padding = isShort ? "" : " "
            if isActive {
                spans.append(Span("\(padding)\(text)\(padding)", Style(.selected).adding(.bold)))
            } else if let count {
                spans += [
                    Span("\(padding)\(digit)\(title) ", Style(.muted)),
                    Span(Count.short(count.value) + padding, Style(count.role)),
                ]
            } else {
                spans.append(Span("\(padding)\(text)\(padding)", Style(.muted)))
            }
        }
        return spans
    }

    /// What waits in a pane; nothing at all where nothing does.
    private func count(of pane: Pane) -> (value: Int, role: Role)? {
        guard let overview = model.readings.overview?.value else { return nil }
        let (value, role): (Int, Role) =
            switch pane {
            case .review: (overview.reviewOpen, .accent)
            case .deadLetters: (overview.deadLettersOpen, .critical)
            case .breakers: (overview.breakers.open, .critical)
            case .lag: (overview.lagMessages ?? 0, .normal)
            case .overview, .events, .engines, .audit: (0, .normal)
            }
        return value > 0 ? (value, role) : nil
    }

    func drawHints(into canvas: inout Canvas) {
        if let notice = model.notice {
            canvas.write(
                notice.text, row: 0, column: 1, style: Style(notice.role),
                width: canvas.columns - 2)
            return
        }
        KeyHints(
            hints: model.keys.hints(model),
            last: [.help, .leave].compactMap { command in
                model.overlay == nil ? model.keys.hint(command, model) : nil
            }
        ).draw(into: &canvas)
    }
}
