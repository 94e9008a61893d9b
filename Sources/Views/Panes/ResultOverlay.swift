/// What came of an action, with the reason for each thing that was refused or failed.
struct ResultOverlay {
    let report: ActionReport
    let model: ConsoleModel

    func draw(into canvas: inout Canvas, top: Int) {
        let lines = lines
        let rows = min(lines.count, canvas.rows - 2)
        Panel.draw(
            report.summary, rows: rows, columns: min(76, canvas.columns - 4), into: &canvas
        ) { canvas in
            let top = max(0, min(top, lines.count - canvas.rows))
            for row in 0..<canvas.rows where top + row < lines.count {
                canvas.write(lines[top + row], row: row, column: 0, width: canvas.columns - 2)
            }
            canvas.placeCursor(row: 0, column: 0)
            ScrollBar(total: lines.count, top: top).draw(into: &canvas)
        }
    }

    /// What went wrong first; what was done only as a count.
    private var lines: [[Span]] {
        var lines: [[Span]] = []
        for result in [ActionReport.Line.Result.failed, .refused] {
            for line in report.lines where line.result == result {
                lines.append([
                    Span(
                        "\(result == .failed ? model.glyphs.ballot : "!") ",
                        Style(result == .failed ? .critical : .warning)),
                    Span("\(line.id)  ", Style(.title)), Span(result.rawValue, Style(.muted)),
                    Span("  \(line.message)"),
                ])
            }
        }
        let done = report.count(.done)
        if done > 0 {
            lines.append([
                Span("\(model.glyphs.check) ", Style(.ok)), Span("\(Count.full(done)) done"),
            ])
        }
        return lines
    }
}
