import Probes

/// The alerts, by rule or one by one, and under them what there is to know of the one under the
/// cursor: its whole sentence, who was told, what to do.
struct AlertPane {
    let model: ConsoleModel

    func draw(_ noun: Noun, into canvas: inout Canvas) {
        let footer = footer(rows: canvas.rows)
        let (upper, lower) = canvas.bounds.split(rows: canvas.rows - footer.count)
        canvas.inside(upper) { ListPaneView(model: model).draw(noun, into: &$0) }
        canvas.inside(lower) { canvas in
            for (row, line) in footer.enumerated() {
                canvas.write(
                    line, row: row, column: ListTable<AlertRow>.margin,
                    width: canvas.columns - ListTable<AlertRow>.margin - 2)
            }
        }
    }

    /// Rows that the footer takes, so that scrolling knows what is in view.
    static func footerRows(_ model: ConsoleModel) -> Int {
        AlertPane(model: model).footer(rows: model.layout.pane.rows).count
    }

    private var row: AlertRow? {
        model.noun == .alertGroups
            ? model.cursorRow(AlertGroupList.self)?.newest : model.cursorRow(AlertList.self)
    }

    private func footer(rows: Int) -> [[Span]] {
        guard let row else { return [] }
        let isNamed = row.subject.isEmpty || row.details?.contains(row.subjectWords) == true
        let what = (isNamed ? [] : [Span("\(row.subjectWords): ")]) + row.what
        guard rows >= 14 else { return [what] }
        return [[], [Span(row.summary, Style(row.role))], what, told(row)]
    }

    private func told(_ row: AlertRow) -> [Span] {
        let told = row.told(model.glyphs)
        var spans = told.isEmpty ? [Span("nobody told", Style(.muted))] : told
        if let taken = row.acknowledgement {
            spans.append(Span("   \(taken.by) looks after it", Style(.accent)))
        }
        if let silence = row.silence {
            spans.append(
                Span("   silent until \(model.context.near(silence.until))", Style(.accent)))
        }
        if let contact = row.contact { spans.append(Span("   call \(contact)", Style(.muted))) }
        return spans
    }
}
