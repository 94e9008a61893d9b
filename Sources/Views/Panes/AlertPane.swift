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
        let what = subject(row) + (row.figure.isEmpty ? row.what : row.figure)
        guard rows >= 14 else { return [what] }
        let summary = [Span(row.summary, Style(row.role))]
        return [[]] + [summary, subject(row) + row.figure, told(row)].filter { !$0.isEmpty }
    }

    /// Nothing where the details name it.
    private func subject(_ row: AlertRow) -> [Span] {
        guard !row.subject.isEmpty, row.details?.contains(row.subjectWords) != true else {
            return []
        }
        return [Span(row.figure.isEmpty ? row.subjectWords : "\(row.subjectWords): ")]
    }

    private func told(_ row: AlertRow) -> [Span] {
        let told = row.told(model.glyphs)
        let names = row.channels.joined(separator: ", ")
        let nobody = row.channels.isEmpty ? "only shown here" : "not told over \(names)"
        var spans = told.isEmpty ? [Span(nobody, Style(.muted))] : told
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
