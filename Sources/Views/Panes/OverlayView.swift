/// What stands in front of the pane.
struct OverlayView {
    let model: ConsoleModel

    func draw(into canvas: inout Canvas) {
        switch model.overlay {
        case .help(let top): HelpOverlay(model: model).draw(into: &canvas, top: top)
        case .result(let report, let top):
            ResultOverlay(report: report, model: model).draw(into: &canvas, top: top)
        case .prompt(let prompt): PromptOverlay(prompt: prompt).draw(into: &canvas)
        case .dialog(let dialog): DialogOverlay(dialog: dialog).draw(into: &canvas)
        case nil: break
        }
    }
}

/// A framed area in front of the pane.
enum Panel {
    /// Clears the area, frames it, and draws inside with a blank column at both sides.
    static func draw(
        _ title: String, rows: Int, columns: Int, style: Style = Style(.border),
        into canvas: inout Canvas, _ content: (inout Canvas) -> Void
    ) {
        let rows = min(rows + 2, canvas.rows)
        let columns = min(columns + 4, canvas.columns)
        let area = Rect(
            row: max(0, (canvas.rows - rows) / 2), column: (canvas.columns - columns) / 2,
            rows: rows, columns: columns)
        canvas.fill(area, style: .normal)
        let inner = canvas.box(area, title: title, style: style)
        canvas.inside(
            Rect(
                row: inner.row, column: inner.column + 1, rows: inner.rows,
                columns: inner.columns - 2), content)
    }
}
