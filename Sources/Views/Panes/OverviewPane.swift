import Probes

/// What is wrong, where, since when, what next; and under it the figures.
struct OverviewPane {
    let model: ConsoleModel

    func draw(into canvas: inout Canvas) {
        let problems = Problems(readings: model.readings, context: model.context).all
        let most = max(3, canvas.rows / 3)
        let shown = problems.count > most ? most - 1 : problems.count
        for (row, problem) in problems.prefix(shown).enumerated() {
            canvas.inside(Rect(row: row, column: 0, rows: 1, columns: canvas.columns)) {
                draw(problem, into: &$0)
            }
        }
        var row = shown
        if problems.count > shown {
            canvas.write(
                "  and \(Count.full(problems.count - shown)) more", row: row, column: 1,
                style: Style(.muted))
            row += 1
        }
        if row > 0 { row += 1 }
        let rest = Rect(row: row, column: 1, rows: canvas.rows - row, columns: canvas.columns - 2)
        canvas.inside(rest) { drawTiles(into: &$0) }
        canvas.placeCursor(row: 0, column: 0)
    }

    /// The line over the pane.
    var headline: Span {
        guard model.readings.overview != nil else {
            if case .unreachable = model.readings.database {
                return Span("No figures: the database cannot be reached.", Style(.critical))
            }
            return Span("Reading \(model.glyphs.ellipsis)", Style(.muted))
        }
        let problems = Problems(readings: model.readings, context: model.context).all
        let grave = problems.filter { $0.gravity >= .warning }.count
        if grave > 0 {
            return Span(
                grave == 1 ? "One thing is wrong" : "\(Count.full(grave)) things are wrong",
                Style(problems.first?.gravity.role ?? .warning).adding(.bold))
        }
        return problems.isEmpty
            ? Span("\(model.glyphs.check) All is well, and nothing waits for anybody", Style(.ok))
            : Span("\(model.glyphs.check) All is well; this waits for somebody", Style(.ok))
    }

    private func draw(_ problem: Problem, into canvas: inout Canvas) {
        let style = Style(problem.gravity.role)
        canvas.write(problem.sign(canvas.glyphs), row: 0, column: 1, style: style)
        var right = canvas.columns - 1
        if let pane = problem.pane {
            let key = pane.digit.map { "\($0)" } ?? ":\(pane.rawValue)"
            let spans =
                [Span(key, Style(.key))]
                + (pane.digit == nil
                    ? []
                    : [
                        Span(" \(pane.shortTitle.lowercased())", Style(.hint))
                    ])
            let width = spans.reduce(0) { $0 + VisibleText.columns($1.text, canvas.glyphs) }
            right -= width
            canvas.write(spans, row: 0, column: right)
            right -= 2
        }
        canvas.write(
            problem.words, row: 0, column: 3,
            style: problem.gravity == .critical ? style : .normal, width: right - 3)
    }

    private func drawTiles(into canvas: inout Canvas) {
        let tiles = OverviewTiles(readings: model.readings, context: model.context).all
        let columns = canvas.columns >= 108 ? 4 : 2
        let bands = (tiles.count + columns - 1) / columns
        let height = canvas.rows / bands
        if height < 3 {
            drawLines(tiles, into: &canvas)
            return
        }
        let gap = 3
        let width = (canvas.columns - gap * (columns - 1)) / columns
        for (index, tile) in tiles.enumerated() {
            let area = Rect(
                row: index / columns * height, column: index % columns * (width + gap),
                rows: min(height, 12), columns: width)
            canvas.inside(area) { tile.draw(into: &$0) }
        }
    }

    /// One line a figure; in two columns where the lines are too few.
    private func drawLines(_ tiles: [Tile], into canvas: inout Canvas) {
        let isSplit = canvas.rows < tiles.count && canvas.columns >= 96
        let perColumn = isSplit ? (tiles.count + 1) / 2 : tiles.count
        let width = isSplit ? canvas.columns / 2 : canvas.columns
        for (index, tile) in tiles.enumerated() {
            let area = Rect(
                row: index % perColumn, column: index / perColumn * width, rows: 1, columns: width)
            canvas.inside(area) { tile.drawLine(into: &$0) }
        }
    }
}
