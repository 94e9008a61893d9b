/// Where text stands in the columns that it is given.
package enum Alignment: Sendable {
    case left
    case right
    case center
}

/// What happens to text that is wider than the columns that it is given.
package enum Overflow: Sendable {
    /// Cut off.
    case clip
    /// Cut off, and the last column shows the ellipsis sign.
    case ellipsis
    /// Cut in the middle, around the ellipsis sign: for codes, which differ at their ends.
    case middle
}

extension Canvas {
    /// Writes one line of text from any source.
    ///
    /// - Parameters:
    ///   - text: is cleaned on the way (`VisibleText`): a line feed or an escape shows as a symbol.
    ///   - width: columns that it may take; it also ends at the region's edge.
    ///   - overflow: what a text wider than that looks like.
    ///   - alignment: where it stands within `width` (of which there must be one, if not left).
    /// - Returns: the number of columns that the text takes, from `column` on, at most `width`.
    @discardableResult
    package mutating func write(
        _ text: String, row: Int, column: Int, style: Style = .normal, width: Int = .max,
        overflow: Overflow = .ellipsis, alignment: Alignment = .left
    ) -> Int {
        write(
            [Span(text, style)], row: row, column: column, width: width, overflow: overflow,
            alignment: alignment)
    }

    /// Writes pieces of text in different styles as one line; otherwise like `write(_:row:…)`.
    @discardableResult
    package mutating func write(
        _ spans: [Span], row: Int, column: Int, width: Int = .max,
        overflow: Overflow = .ellipsis, alignment: Alignment = .left
    ) -> Int {
        let limit = min(width, max(0, columns - column))
        guard limit > 0, row >= 0, row < rows else { return 0 }
        let spans = overflow == .middle ? withoutMiddle(spans, columns: limit) : spans
        var start = column
        if alignment != .left {
            let taken = min(limit, spans.reduce(0) { $0 + VisibleText.columns($1.text, glyphs) })
            start += alignment == .right ? limit - taken : (limit - taken) / 2
        }
        let end = column + limit
        var at = start
        for span in spans {
            let fits = VisibleText.forEachGlyph(in: span.text, glyphs) { glyph, glyphColumns in
                guard at + glyphColumns <= end else { return false }
                put(glyph, columns: glyphColumns, row: row, column: at, style: span.style)
                at += glyphColumns
                return true
            }
            guard fits else {
                cutOff(row: row, from: at, end: end, style: span.style, overflow: overflow)
                return limit
            }
        }
        return at - column
    }

    /// Both ends of what does not fit, with the ellipsis sign between them.
    private func withoutMiddle(_ spans: [Span], columns limit: Int) -> [Span] {
        var pieces: [(span: Span, columns: Int)] = []
        for span in spans {
            _ = VisibleText.forEachGlyph(in: span.text, glyphs) { glyph, columns in
                pieces.append((Span(glyph, span.style), columns))
                return true
            }
        }
        guard pieces.reduce(0, { $0 + $1.columns }) > limit else { return spans }
        func first(_ room: Int, of pieces: [(span: Span, columns: Int)]) -> [Span] {
            var left = room
            return pieces.prefix { piece in
                left -= piece.columns
                return left >= 0
            }.map(\.span)
        }
        let ahead = first((limit - 1) / 2, of: pieces)
        let behind = first(limit / 2, of: pieces.reversed())
        let sign = Span(glyphs.ellipsis, ahead.last?.style ?? .normal)
        return ahead + [sign] + behind.reversed()
    }

    /// Fills the columns that a cut-off text leaves: at most one, before a wide character.
    private mutating func cutOff(
        row: Int, from column: Int, end: Int, style: Style, overflow: Overflow
    ) {
        for blank in column..<max(column, end) {
            put(" ", columns: 1, row: row, column: blank, style: style)
        }
        if overflow != .clip {
            put(glyphs.ellipsis, columns: 1, row: row, column: end - 1, style: style)
        }
    }
}
