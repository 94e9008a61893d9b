/// Text broken into lines of a given width, counted in the cells that it will take.
enum TextWrap {
    /// Breaks at blanks where possible, inside a word where it alone is too wide. Line feeds break
    /// too. At least one line, at most `limit`.
    static func lines(
        _ spans: [Span], width: Int, glyphs: GlyphSet, limit: Int = .max
    ) -> [[Span]] {
        var breaker = Breaker(width: max(1, width), limit: limit)
        for span in spans {
            for character in span.text {
                if character == "\n" || character == "\r\n" {
                    breaker.endLine()
                } else {
                    let text = String(character)
                    breaker.append(
                        Piece(
                            text: text, style: span.style,
                            columns: VisibleText.columns(text, glyphs)))
                }
                if breaker.isFull { return breaker.lines }
            }
        }
        breaker.endLine()
        return breaker.lines
    }

    static func lines(_ text: String, width: Int, glyphs: GlyphSet, limit: Int = .max) -> [String] {
        lines([Span(text)], width: width, glyphs: glyphs, limit: limit).map { line in
            line.reduce(into: "") { $0 += $1.text }
        }
    }

    private struct Piece {
        let text: String
        let style: Style
        let columns: Int
        var isBlank: Bool { text == " " }
    }

    private struct Breaker {
        let width: Int
        let limit: Int
        private(set) var lines: [[Span]] = []
        private var line: [Piece] = []
        private var columns = 0

        init(width: Int, limit: Int) {
            self.width = width
            self.limit = limit
        }

        var isFull: Bool { lines.count >= limit }

        mutating func append(_ piece: Piece) {
            if columns + piece.columns > width, !line.isEmpty {
                if piece.isBlank {
                    emit(line)
                    start([])
                    return
                }
                if let blank = line.lastIndex(where: \.isBlank), blank > 0 {
                    let rest = Array(line[(blank + 1)...])
                    emit(Array(line[..<blank]))
                    start(rest)
                } else {
                    emit(line)
                    start([])
                }
            }
            line.append(piece)
            columns += piece.columns
        }

        mutating func endLine() {
            emit(line)
            start([])
        }

        private mutating func start(_ pieces: [Piece]) {
            line = pieces
            columns = pieces.reduce(0) { $0 + $1.columns }
        }

        private mutating func emit(_ pieces: [Piece]) {
            guard !isFull else { return }
            var spans: [Span] = []
            for piece in pieces {
                if let last = spans.last, last.style == piece.style {
                    spans[spans.count - 1].text += piece.text
                } else {
                    spans.append(Span(piece.text, piece.style))
                }
            }
            lines.append(spans)
        }
    }
}
