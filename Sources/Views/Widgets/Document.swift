/// Lines of styled text, already broken to a width: what a detail page scrolls through.
struct Document {
    let width: Int
    let glyphs: GlyphSet
    private(set) var lines: [[Span]] = []

    /// Columns of the names in `field`.
    var labelColumns = 16

    init(width: Int, glyphs: GlyphSet) {
        self.width = max(1, width)
        self.glyphs = glyphs
    }

    mutating func blank() {
        if lines.last?.isEmpty == false { lines.append([]) }
    }

    /// A line of its own over what follows, with a blank line before it.
    mutating func heading(_ text: String) {
        blank()
        lines.append([Span(text, Style(.header))])
    }

    /// A line that is cut off, not broken, where it is too wide.
    mutating func line(_ spans: [Span]) { lines.append(spans) }

    mutating func paragraph(
        _ spans: [Span], indent: Int = 0, hanging: Int? = nil, limit: Int = 200
    ) {
        let broken = TextWrap.lines(
            spans, width: width - max(indent, hanging ?? indent), glyphs: glyphs, limit: limit)
        for (index, line) in broken.enumerated() {
            let blanks = index == 0 ? indent : hanging ?? indent
            lines.append(blanks > 0 ? [Span(String(repeating: " ", count: blanks))] + line : line)
        }
    }

    mutating func paragraph(_ text: String, _ role: Role = .normal, indent: Int = 0) {
        paragraph([Span(text, Style(role))], indent: indent)
    }

    /// A name and its value; the value's further lines stand under its first.
    mutating func field(_ name: String, _ value: [Span]) {
        let column = min(labelColumns, width / 2)
        let broken = TextWrap.lines(
            value, width: width - column, glyphs: glyphs, limit: 12)
        for (index, line) in broken.enumerated() {
            let label = index == 0 ? name : ""
            let columns = VisibleText.columns(label, glyphs)
            let padding = String(repeating: " ", count: max(0, column - columns))
            lines.append([Span(label + padding, Style(.muted))] + line)
        }
    }

    mutating func field(_ name: String, _ value: String?, _ role: Role = .normal) {
        guard let value, !value.isEmpty else { return }
        field(name, [Span(value, Style(role))])
    }

    /// Draws the lines from `top` on into the current region, with a scroll bar where there are
    /// more. The terminal's cursor rests at the first line.
    func draw(into canvas: inout Canvas, top: Int) {
        let top = clamped(top, rows: canvas.rows)
        for row in 0..<canvas.rows where top + row < lines.count {
            canvas.write(lines[top + row], row: row, column: 0)
        }
        canvas.placeCursor(row: 0, column: 0)
        ScrollBar(total: lines.count, top: top).draw(into: &canvas)
    }

    /// The last line that may stand at the top, so that a page is full if it can be.
    func clamped(_ top: Int, rows: Int) -> Int { max(0, min(top, lines.count - rows)) }
}
