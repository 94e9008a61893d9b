import Probes

/// The line over a pane: what is listed, how many, how filtered and sorted, and as of when.
struct PaneTitle {
    let model: ConsoleModel

    func draw(into canvas: inout Canvas) {
        let freshness = freshness
        let right = freshness.map { VisibleText.columns($0.text, model.glyphs) + 1 } ?? 0
        canvas.write(left, row: 0, column: 1, width: canvas.columns - 2 - right)
        if let freshness {
            canvas.write(
                [freshness], row: 0, column: 0, width: canvas.columns - 1, alignment: .right)
        }
    }

    private var left: [Span] {
        let details = model.details[model.pane] ?? []
        guard details.isEmpty else {
            var spans = [Span(model.pane.title, Style(.muted))]
            for detail in details {
                spans += [
                    Span(" \(model.glyphs.pointer) ", Style(.border)),
                    Span(detail.subject.title, Style(.title)),
                ]
            }
            return spans
        }
        guard let noun = model.noun else { return [OverviewPane(model: model).headline] }
        return list(noun.list)
    }

    private func list<List: RowList>(_ list: List.Type) -> [Span] {
        let view = model.view(List.noun)
        let listed = view.state.ids.count
        let matching = List.noun == .events ? nil : model.matching(List.noun)
        var parts: [[Span]] = []
        if List.rows(in: model) != nil {
            let words = List.words
            let text =
                if let matching, matching > listed {
                    "\(Count.full(listed)) of \(Count.of(matching, words.one, words.many))"
                } else if List.noun != .events, matching == nil, listed > 0 {
                    // Counting stopped, or only the newest were looked at.
                    "\(Count.full(listed)) of many \(words.many)"
                } else {
                    Count.of(listed, words.one, words.many)
                }
            parts.append([Span(text, Style(.title))])
        }
        let marked = view.state.marks.count
        if marked > 0 { parts.append([Span("\(Count.full(marked)) marked", Style(.marked))]) }
        let summary = List.rows(in: model) == nil ? [] : List.summary(of: model)
        if !summary.isEmpty { parts.append(summary) }
        if !view.filter.isEmpty {
            parts.append([Span("/", Style(.key)), Span(view.filter, Style(.match))])
        }
        if let problem = model.readings.problem { parts.append([Span(problem, Style(.warning))]) }
        return Array(parts.joined(separator: [Span("  ")]))
    }

    /// Nothing while the readings are fresh; otherwise how old they are, and why.
    private var freshness: Span? {
        if let noun = model.noun, model.detail == nil, model.view(noun).isLoading,
            model.view(noun).takenAt != nil, !isDatabaseAway
        {
            return Span("reading \(model.glyphs.ellipsis)", Style(.muted))
        }
        guard model.noun != .runbooks, let takenAt = takenAt else { return nil }
        let age = model.now.since(takenAt)
        let needsNoDatabase = model.noun == .logs || model.pane == .health
        guard (isDatabaseAway && !needsNoDatabase) || age > Self.staleAfter else { return nil }
        return Span("as of \(model.context.near(takenAt))\(source(takenAt))", Style(.stale))
    }

    /// Who told it, where it was not this console that read it.
    private func source(_ takenAt: Timestamp) -> String {
        guard let neighbour = model.readings.neighbour?.value,
            neighbour.shared?.takenAt == takenAt || neighbour.takenAt == takenAt
        else { return "" }
        return model.size.columns >= 72
            ? " from \(neighbour.name)" : ", engine \(neighbour.engineID ?? 0)"
    }

    /// Samplers read every second; a reading this old means that something holds them up.
    static let staleAfter: Duration = .seconds(15)

    private var isDatabaseAway: Bool {
        if case .unreachable = model.readings.database { return true }
        return false
    }

    private var takenAt: Timestamp? {
        guard let noun = model.noun else { return model.readings.overview?.takenAt }
        return model.view(noun).takenAt
    }
}
