import Probes

/// A noun's list with its line of state over it, or what it means that there is nothing to list.
struct ListPaneView {
    let model: ConsoleModel

    func draw(_ noun: Noun, into canvas: inout Canvas) { draw(noun.list, into: &canvas) }

    private func draw<List: RowList>(_ list: List.Type, into canvas: inout Canvas) {
        guard let rows = List.rows(in: model) else {
            if List.noun == .logs {
                drawNoLog(into: &canvas)
            } else {
                drawEmpty(into: &canvas)
            }
            return
        }
        let view = model.view(List.noun)
        if rows.isEmpty {
            if view.isLoading {
                drawEmpty(into: &canvas)
            } else {
                EmptyState(
                    title: view.filter.isEmpty
                        ? List.emptyWords : "Nothing matches \(view.filter)",
                    hint: view.filter.isEmpty ? nil : "Esc shows everything again."
                ).draw(into: &canvas)
            }
            return
        }
        ListTable(
            columns: List.columns(in: model), rows: rows, state: view.state, sort: view.sort,
            isStale: view.isLoading, id: List.id(of:)
        ).draw(into: &canvas, model.context)
    }

    private func drawNoLog(into canvas: inout Canvas) {
        EmptyState(
            title: "No engine of this machine tells its log here.",
            hint: "It stands where log.file says, in the journal, or on the engine's own terminal."
        ).draw(into: &canvas)
    }

    private func drawEmpty(into canvas: inout Canvas) {
        switch model.readings.database {
        case .unreachable(let since, let error):
            EmptyState(
                title: "Nothing could be read yet: the database has been unreachable since "
                    + "\(model.context.near(since)).",
                hint: error, role: .critical
            ).draw(into: &canvas)
        case .connecting, .ready:
            EmptyState(title: "Reading \(model.glyphs.ellipsis)", hint: nil)
                .draw(into: &canvas)
        }
    }
}

/// A sentence in the middle of an otherwise empty pane.
struct EmptyState {
    var title: String
    var hint: String?
    var role = Role.muted

    func draw(into canvas: inout Canvas) {
        let width = max(1, min(72, canvas.columns - 4))
        var lines = TextWrap.lines([Span(title, Style(role))], width: width, glyphs: canvas.glyphs)
        if let hint {
            lines += TextWrap.lines(
                [Span(hint, Style(.muted))], width: width, glyphs: canvas.glyphs)
        }
        let top = max(0, (canvas.rows - lines.count) / 2 - 1)
        for (index, line) in lines.enumerated() {
            canvas.write(
                line, row: top + index, column: 2, width: canvas.columns - 4, alignment: .center)
        }
    }
}
