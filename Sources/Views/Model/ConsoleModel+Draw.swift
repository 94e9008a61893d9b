import Probes

/// The whole screen, drawn from nothing but the model: the same model gives the same canvas.
extension ConsoleModel {
    package func draw(into canvas: inout Canvas) {
        var model = self
        (model.size, model.glyphs) = (canvas.size, canvas.glyphs)
        let layout = FrameLayout(size: canvas.size)
        guard !layout.isTooSmall else {
            TooSmall(model: model).draw(into: &canvas)
            return
        }
        let frame = FrameView(model: model)
        canvas.inside(layout.status) { frame.drawStatus(into: &$0) }
        canvas.inside(layout.tabs) { TabsView(model: self).draw(into: &$0) }
        canvas.inside(layout.paneTitle) { PaneTitle(model: model).draw(into: &$0) }
        canvas.inside(layout.pane) { canvas in
            if model.detail != nil {
                DetailPage(model: model).draw(into: &canvas)
            } else if model.noun == .lag {
                LagPane(model: model).draw(into: &canvas)
            } else if let noun = model.noun, model.pane == .alerts {
                AlertPane(model: model).draw(noun, into: &canvas)
            } else if let noun = model.noun {
                ListPaneView(model: model).draw(noun, into: &canvas)
            } else {
                OverviewPane(model: model).draw(into: &canvas)
            }
        }
        canvas.inside(layout.hints) { frame.drawHints(into: &$0) }
        let front = Rect(row: 2, column: 0, rows: canvas.rows - 3, columns: canvas.columns)
        canvas.inside(front) { OverlayView(model: model).draw(into: &$0) }
    }
}

/// What is left to say where there is no room to say it.
struct TooSmall {
    let model: ConsoleModel

    func draw(into canvas: inout Canvas) {
        let need = FrameLayout.smallest
        var lines = ["Too small.", "\(need.columns)x\(need.rows) needed,"]
        lines.append("this is \(canvas.columns)x\(canvas.rows).")
        let problems = Problems(readings: model.readings, context: model.context).all
        if let worst = problems.first { lines.append(worst.short) }
        for (row, line) in lines.enumerated() {
            canvas.write(line, row: row, column: 0, style: Style(row == 0 ? .title : .normal))
        }
    }
}
