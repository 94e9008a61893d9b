/// One figure of the overview: a name, a value, what it means, and what is behind it.
struct Tile {
    var title: String
    var value: String
    /// How alarming the value is; calm values are plain.
    var role = Role.normal
    var words: [Span] = []
    var samples: [Double]?
    /// Lines that are shown where there is room, the most important first.
    var details: [[Span]] = []

    /// On one line, for small screens: name, value, words.
    func drawLine(into canvas: inout Canvas) {
        canvas.write(title, row: 0, column: 0, style: Style(.header), width: 12)
        canvas.write(
            value, row: 0, column: 13, style: Style(role).adding(.bold), width: 8,
            alignment: .right)
        let rest = canvas.columns - 23
        guard let samples, rest >= 34 else {
            canvas.write(words, row: 0, column: 23, width: max(0, rest - 1))
            return
        }
        canvas.write(words, row: 0, column: 23, width: rest - 19)
        canvas.inside(Rect(row: 0, column: canvas.columns - 18, rows: 1, columns: 17)) {
            Sparkline(samples: samples).draw(into: &$0)
        }
    }

    /// Over several lines: the name with a rule, the value with its words, a graph, the details.
    func draw(into canvas: inout Canvas) {
        let width = canvas.columns
        let titleColumns = canvas.write(title, row: 0, column: 0, style: Style(.header))
        canvas.horizontalLine(
            row: 0, column: titleColumns + 1, length: max(0, width - titleColumns - 1))
        let valueColumns = canvas.write(
            value, row: 1, column: 0, style: Style(role).adding(.bold))
        canvas.write(
            words, row: 1, column: valueColumns + 1, width: max(0, width - valueColumns - 1))
        var row = 2
        if let samples, canvas.rows > row {
            let rows = max(1, min(4, canvas.rows - 4))
            canvas.inside(Rect(row: row, column: 0, rows: rows, columns: width)) {
                Sparkline(samples: samples).draw(into: &$0)
            }
            row += rows
        }
        for line in details where row < canvas.rows - 1 || (canvas.rows <= 4 && row < 3) {
            canvas.write(line, row: row, column: 0, width: width)
            row += 1
        }
    }
}
