/// The hint line: as many keys with their words as there is room for.
struct KeyHints {
    struct Hint: Equatable {
        var key: String
        var words: String
        var isChange = false
    }

    /// The most useful first; dropped from the end.
    var hints: [Hint]
    /// Kept at the right edge in any case.
    var last: [Hint]

    func draw(into canvas: inout Canvas) {
        let lastWidth = last.reduce(0) { $0 + width($1, canvas.glyphs) }
        var right = canvas.columns - lastWidth
        var column = 1
        for hint in hints {
            guard column + width(hint, canvas.glyphs) <= right else { break }
            column += draw(hint, into: &canvas, at: column)
        }
        for hint in last { right += draw(hint, into: &canvas, at: right) }
    }

    private func width(_ hint: Hint, _ glyphs: GlyphSet) -> Int {
        VisibleText.columns(hint.key, glyphs) + VisibleText.columns(hint.words, glyphs) + 3
    }

    private func draw(_ hint: Hint, into canvas: inout Canvas, at column: Int) -> Int {
        canvas.write(
            [
                Span(hint.key, Style(.key)), Span(" "),
                Span(hint.words, Style(hint.isChange ? .normal : .hint)),
            ], row: 0, column: column)
        return width(hint, canvas.glyphs)
    }
}
