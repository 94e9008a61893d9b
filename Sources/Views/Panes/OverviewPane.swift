import Probes

/// What is wrong, where, since when, what next; and under it the figures.
struct OverviewPane {
    let model: ConsoleModel

    func draw(into canvas: inout Canvas) {
        let problems = Problems(readings: model.readings, context: model.context).all
        var row = 0
        var rest = problems[...]
        // The worst takes the lines that it needs, and says what to do next; the others one each, as
        // far as they leave room.
        if let worst = rest.popFirst() {
            let isLow = canvas.rows < 14
            row += draw(worst, into: &canvas, row: 0, lines: isLow ? 1 : canvas.rows < 30 ? 2 : 3)
            if !isLow { row += drawNext(worst, into: &canvas, row: row) }
        }
        let most = most(canvas.size)
        while let problem = rest.first, row + (rest.count > 1 ? 1 : 0) < most {
            row += draw(problem, into: &canvas, row: row, lines: 1)
            rest.removeFirst()
        }
        if !rest.isEmpty {
            canvas.write(
                "and \(Count.full(rest.count)) more", row: row, column: 3, style: Style(.muted))
            row += 1
        }
        if row > 0 { row += 1 }
        let tiles = Rect(
            row: row, column: 1, rows: canvas.rows - row, columns: canvas.columns - 2)
        canvas.inside(tiles) { canvas in
            // Without any figures the way to the servers says more than ten dashes.
            if model.readings.overview == nil, let steps = model.readings.walk?.value {
                drawWalk(steps, into: &canvas)
            } else {
                drawTiles(into: &canvas)
            }
        }
        canvas.placeCursor(row: 0, column: 0)
    }

    /// Rows for problems: where the figures have one line each, those that they leave.
    private func most(_ size: Size) -> Int {
        let figures = OverviewTiles(readings: model.readings, context: model.context).all.count
        let lines = size.rows - figures - 1
        return size.rows < 30 && model.readings.overview != nil
            ? max(3, size.rows / 3, lines) : max(3, size.rows / 3)
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
            let waiting = problems.count - grave
            let words = grave == 1 ? "One thing is wrong" : "\(Count.full(grave)) things are wrong"
            let others =
                waiting == 0
                ? ""
                : ", \(waiting == 1 ? "one waits" : "\(Count.full(waiting)) wait") for somebody"
            return Span(
                words + others, Style(problems.first?.gravity.role ?? .warning).adding(.bold))
        }
        return problems.isEmpty
            ? Span("\(model.glyphs.check) All is well, and nothing waits for anybody", Style(.ok))
            : Span("\(model.glyphs.check) All is well; this waits for somebody", Style(.ok))
    }

    /// Draws a problem and where to go with it; returns the rows it took.
    private func draw(
        _ problem: Problem, into canvas: inout Canvas, row: Int, lines most: Int
    ) -> Int {
        let style = Style(problem.gravity.role)
        canvas.write(problem.sign(canvas.glyphs), row: row, column: 1, style: style)
        let target = target(problem)
        let targetColumns = target.reduce(0) { $0 + VisibleText.columns($1.text, canvas.glyphs) }
        let right = canvas.columns - 1 - targetColumns
        canvas.write(target, row: row, column: right)
        let width = right - 3 - (target.isEmpty ? 0 : 2)
        let words = [Span(problem.words, problem.gravity == .critical ? style : .normal)]
        var lines = TextWrap.lines(words, width: width, glyphs: canvas.glyphs)
        // What is left of the sentence is cut off in its last line, visibly.
        let rest = lines[min(most, lines.count)...]
        if most == 1 {
            lines = [words]
        } else if !rest.isEmpty {
            lines = Array(lines.prefix(most))
            lines[most - 1] += rest.flatMap { [Span(" ")] + $0 }
        }
        for (index, line) in lines.enumerated() {
            canvas.write(line, row: row + index, column: 3, width: width)
        }
        return lines.count
    }

    /// Draws what to do next, and the key to its runbook; returns the rows it took.
    private func drawNext(_ problem: Problem, into canvas: inout Canvas, row: Int) -> Int {
        guard problem.next != nil || problem.runbook != nil else { return 0 }
        let key = model.keys.name(of: .openRunbook)
        let page =
            problem.runbook == nil
            ? [] : [Span(key, Style(.key)), Span(" runbook", Style(.hint))]
        let right = canvas.columns - 1 - page.reduce(0) { $0 + $1.text.utf8.count }
        canvas.write(page, row: row, column: right)
        if let next = problem.next {
            canvas.write(
                [Span("\(canvas.glyphs.arrowRight) ", Style(.accent)), Span(next)], row: row,
                column: 3, width: right - 5)
        }
        return 1
    }

    private func target(_ problem: Problem) -> [Span] {
        guard let pane = problem.pane else { return [] }
        guard let digit = pane.digit else { return [Span(":\(pane.rawValue)", Style(.key))] }
        return [
            Span("\(digit)", Style(.key)), Span(" \(pane.shortTitle.lowercased())", Style(.hint)),
        ]
    }

    private func drawWalk(_ steps: [HealthStep], into canvas: inout Canvas) {
        var document = Document(width: canvas.columns, glyphs: canvas.glyphs)
        HealthPage.write(steps, into: &document)
        document.draw(into: &canvas, top: 0)
    }

    private func drawTiles(into canvas: inout Canvas) {
        let tiles = OverviewTiles(readings: model.readings, context: model.context).all
        let columns = canvas.columns >= 140 ? 4 : 2
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
