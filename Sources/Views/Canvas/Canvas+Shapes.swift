/// Areas, lines and boxes.
extension Canvas {
    /// Fills a rectangle with blanks of a style.
    package mutating func fill(_ rect: Rect, style: Style) {
        fill(rect, glyph: " ", style: style)
    }

    /// Fills the whole current region with blanks of a style.
    package mutating func fill(style: Style) { fill(bounds, style: style) }

    /// Draws a line over `length` cells to the right.
    package mutating func horizontalLine(
        row: Int, column: Int, length: Int, style: Style = Style(.border)
    ) {
        fill(
            Rect(row: row, column: column, rows: 1, columns: length), glyph: glyphs.horizontal,
            style: style)
    }

    /// Draws a line over `length` cells downward.
    package mutating func verticalLine(
        row: Int, column: Int, length: Int, style: Style = Style(.border)
    ) {
        fill(
            Rect(row: row, column: column, rows: length, columns: 1), glyph: glyphs.vertical,
            style: style)
    }

    /// Draws a frame along the inner edge of a rectangle, with a title in its upper line.
    ///
    /// Returns what is free inside; a rectangle of fewer than 2x2 cells has no frame.
    @discardableResult
    package mutating func box(
        _ rect: Rect, title: String = "", style: Style = Style(.border),
        titleStyle: Style = Style(.title)
    ) -> Rect {
        guard rect.rows >= 2, rect.columns >= 2 else { return rect }
        let (bottom, right) = (rect.endRow - 1, rect.endColumn - 1)
        for row in [rect.row, bottom] {
            horizontalLine(
                row: row, column: rect.column + 1, length: rect.columns - 2, style: style)
        }
        for column in [rect.column, right] {
            verticalLine(row: rect.row + 1, column: column, length: rect.rows - 2, style: style)
        }
        put(glyphs.topLeft, columns: 1, row: rect.row, column: rect.column, style: style)
        put(glyphs.topRight, columns: 1, row: rect.row, column: right, style: style)
        put(glyphs.bottomLeft, columns: 1, row: bottom, column: rect.column, style: style)
        put(glyphs.bottomRight, columns: 1, row: bottom, column: right, style: style)
        if !title.isEmpty, rect.columns >= 6 {
            write(
                [Span(" ", style), Span(title, titleStyle), Span(" ", style)], row: rect.row,
                column: rect.column + 1, width: rect.columns - 2)
        }
        return rect.inset(by: 1)
    }

    /// Fills with one of the glyph set's own signs, each one column wide.
    private mutating func fill(_ rect: Rect, glyph: String, style: Style) {
        let target = rect.intersection(bounds)
        guard !target.isEmpty else { return }
        for row in target.row..<target.endRow {
            for column in target.column..<target.endColumn {
                put(glyph, columns: 1, row: row, column: column, style: style)
            }
        }
    }
}
