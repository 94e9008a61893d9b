/// What a test or a screenshot reads from a canvas.
extension Canvas {
    /// The whole grid as text, one string a row, without blanks at the end of a row.
    package var lines: [String] {
        (0..<gridSize.rows).map { row in
            var line = ""
            for cell in gridRow(row) { line += cell.text }
            while line.utf8.last == UInt8(ascii: " ") { line.unicodeScalars.removeLast() }
            return line
        }
    }

    /// One row of the grid as runs of the same style, blanks included.
    package func spans(ofRow row: Int) -> [Span] {
        guard row >= 0, row < gridSize.rows else { return [] }
        var spans: [Span] = []
        for cell in gridRow(row) {
            if let last = spans.last, last.style == cell.style {
                spans[spans.count - 1].text += cell.text
            } else {
                spans.append(Span(cell.text, cell.style))
            }
        }
        return spans
    }
}
