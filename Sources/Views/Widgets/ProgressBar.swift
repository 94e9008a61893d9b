/// A share of a whole as a bar.
struct ProgressBar {
    /// 0 to 1; what is outside is brought inside.
    var share: Double
    var style = Style(.graph)

    /// Draws over `width` columns. Anything above 0 fills at least one cell, anything below 1
    /// leaves at least one empty, so that "nothing" and "all" mean what they say.
    func draw(into canvas: inout Canvas, row: Int, column: Int, width: Int) {
        let full = fullCells(of: width)
        for cell in 0..<max(0, width) {
            let isFull = cell < full
            canvas.write(
                isFull ? canvas.glyphs.barFull : canvas.glyphs.barEmpty, row: row,
                column: column + cell, style: isFull ? style : Style(.border))
        }
    }

    /// The same as text, for a line.
    func spans(width: Int, glyphs: GlyphSet) -> [Span] {
        let full = fullCells(of: width)
        return [
            Span(String(repeating: glyphs.barFull, count: full), style),
            Span(String(repeating: glyphs.barEmpty, count: max(0, width - full)), Style(.border)),
        ]
    }

    private func fullCells(of width: Int) -> Int {
        let share = self.share.isFinite ? max(0, min(1, self.share)) : 0
        var full = Int((share * Double(width)).rounded())
        if share > 0 { full = max(1, full) }
        if share < 1 { full = min(width - 1, full) }
        return max(0, full)
    }
}
