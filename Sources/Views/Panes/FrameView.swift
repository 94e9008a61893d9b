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
        column += canvas.write(
            leftStatus(canvas.columns), row: 0, column: column, width: clockColumn - column - 1)
        let rest = clockColumn - column - 4
        if let worst = worst(rest) {
            canvas.write([worst], row: 0, column: column + 2, width: rest, alignment: .right)
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
        let isNarrow = columns < 76
        return spans + server("kafka", model.readings.kafka, isNarrow) + [Span("  ")]
            + server(isNarrow ? "db" : "database", model.readings.database, isNarrow)
            + alerts(columns)
    }

    /// How many rules fire of what nobody looks after; quiet once somebody looks after each.
    private func alerts(_ columns: Int) -> [Span] {
        // What was so before the database went is no news beside that it has gone.
        if case .unreachable = model.readings.database { return [] }
        guard let counts = model.readings.overview?.value.alerts, counts.firing > 0 else {
            return []
        }
        guard let worst = counts.rules.first else {
            let words = "\(model.glyphs.circleEmpty) \(Count.short(counts.firing)) in hand"
            return [Span("  "), Span(words, Style(.accent))]
        }
        let rules = counts.rules.count
        var words = columns < 76 ? Count.short(rules) : Count.of(rules, "alert")
        if columns >= 100, counts.unattended > rules {
            words += ", \(Count.of(counts.unattended, "subject"))"
        }
        return [
            Span("  "),
            Span("\(model.glyphs.circleFull) \(words)", Style(worst.severity.role)),
        ]
    }

    /// Calm while all is well; loud, and with the time, when it is not.
    private func server(_ name: String, _ state: ServerState, _ isNarrow: Bool) -> [Span] {
        switch state {
        case .ready:
            return [Span("\(model.glyphs.check) ", Style(.ok)), Span(name, Style(.muted))]
        case .connecting:
            let word = isNarrow ? model.glyphs.ellipsis : " connecting"
            return [Span("\(model.glyphs.circleEmpty) \(name)\(word)", Style(.warning))]
        case .unreachable(let since, _):
            let time = model.facts.zone.minutes(since)
            let word = isNarrow ? "down" : "down since"
            return [Span("\(model.glyphs.ballot) \(name) \(word) \(time)", Style(.critical))]
        }
    }

    /// How much is wrong, in the columns there are; the overview says what.
    private func worst(_ columns: Int) -> Span? {
        // A server that is away is shown as such already.
        let problems = Problems(readings: model.readings, context: model.context).all
            .filter { !$0.isServer }
        guard let first = problems.first else { return nil }
        let grave = problems.filter { $0.gravity >= .warning }.count
        let style = Style(first.gravity.role)
        let text = grave > 1 ? "\(first.short) +\(grave - 1)" : first.short
        if VisibleText.columns(text, model.glyphs) <= columns { return Span(text, style) }
        return columns >= 8 && grave > 0 ? Span("\(grave) wrong", style) : nil
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
