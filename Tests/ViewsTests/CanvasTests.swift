import Testing
import Views

@Suite("Canvas")
struct CanvasTests {
    @Test("shows boxes, text, cuts and CJK in their columns")
    func golden() {
        var canvas = Canvas(rows: 6, columns: 24)
        let inner = canvas.box(canvas.bounds, title: "Review")
        canvas.inside(inner) { pane in
            pane.write("SVC-1042 scope shrinks by two", row: 0, column: 0)
            pane.write("日本語のサービス名が長いとき", row: 1, column: 1)
            pane.write("cafe\u{301} ok", row: 2, column: 0, width: 12)
            pane.write("42", row: 3, column: 0, width: 22, alignment: .right)
        }
        #expect(
            canvas.lines == [
                "┌ Review ──────────────┐",
                "│SVC-1042 scope shrink…│",
                "│ 日本語のサービス名が…│",
                "│cafe\u{301} ok               │",
                "│                    42│",
                "└──────────────────────┘",
            ])
    }

    @Test("cuts codes in the middle, so that their ends stay")
    func middle() {
        var canvas = Canvas(rows: 5, columns: 12)
        canvas.write("ATL_IT_PAINTING_90654", row: 0, column: 0, overflow: .middle)
        canvas.write("ATL_IT_90654", row: 1, column: 0, overflow: .middle)
        canvas.write("サービス名が長いとき", row: 2, column: 0, width: 11, overflow: .middle)
        canvas.write("abc", row: 3, column: 0, width: 2, overflow: .middle)
        canvas.write("abc", row: 4, column: 0, width: 1, overflow: .middle)
        #expect(
            canvas.lines == ["ATL_I…_90654", "ATL_IT_90654", "サー…とき", "…c", "…"])
    }

    @Test("draws the same in ASCII, with ? for what ASCII lacks")
    func ascii() {
        var canvas = Canvas(rows: 4, columns: 20, glyphs: .ascii)
        canvas.inside(canvas.box(canvas.bounds, title: "Überblick")) { pane in
            pane.write("日本 cafe\u{301} \u{1B}[2J", row: 0, column: 0)
            pane.write("abcdefghijklmnopqrstuvw", row: 1, column: 0)
        }
        #expect(
            canvas.lines == [
                "+ ?berblick -------+",
                "|?? caf? ^[[2J     |",
                "|abcdefghijklmnopq~|",
                "+------------------+",
            ])
    }

    @Test("keeps drawing inside its region, also when regions are nested and text is scrolled")
    func clipping() {
        var canvas = Canvas(rows: 3, columns: 10)
        canvas.write("..........", row: 1, column: 0)
        canvas.inside(Rect(row: 1, column: 2, rows: 1, columns: 5)) { outer in
            outer.write("abcdefghij", row: 0, column: -2, overflow: .clip)
            outer.write("below", row: 1, column: 0)
            outer.inside(Rect(row: 0, column: 3, rows: 4, columns: 40)) { inner in
                inner.write("XYZ", row: 0, column: 0, overflow: .clip)
                inner.placeCursor(row: 0, column: 1)
                inner.placeCursor(row: 3, column: 0)
            }
        }
        #expect(canvas.lines == ["", "..cdeXY...", ""])
        #expect(canvas.cursor == Position(row: 1, column: 6))
    }

    @Test("never leaves half of a wide character")
    func halves() {
        var canvas = Canvas(rows: 4, columns: 4)
        canvas.write("日本", row: 0, column: 0)
        canvas.write("x", row: 0, column: 1)
        canvas.write("日本", row: 1, column: 0)
        canvas.write("x", row: 1, column: 2)
        canvas.write("日本", row: 2, column: 1, overflow: .clip)
        canvas.write("日本", row: 3, column: -1, overflow: .clip)
        #expect(canvas.lines == [" x本", "日x", " 日", " 本"])
        for row in 0..<4 {
            let columns = canvas.gridRow(row).reduce(0) { $0 + max(1, Int($1.columns)) }
            #expect(columns - canvas.gridRow(row).filter { $0.columns == 2 }.count == 4)
        }
    }

    @Test("keeps styles by span, and restyles a drawn row")
    func styles() {
        var canvas = Canvas(rows: 1, columns: 8)
        canvas.write([Span("OPEN", Style(.critical)), Span(" es")], row: 0, column: 0)
        canvas.restyle(Rect(row: 0, column: 0, rows: 1, columns: 6)) { $0.on(.selected) }
        #expect(
            canvas.spans(ofRow: 0)
                == [
                    Span("OPEN", Style(.critical, on: .selected)),
                    Span(" e", Style(.normal, on: .selected)),
                    Span("s", .normal), Span(" ", .normal),
                ].merged)
    }
}

extension [Span] {
    /// Neighbours of the same style as one.
    fileprivate var merged: [Span] {
        reduce(into: []) { spans, span in
            if spans.last?.style == span.style {
                spans[spans.count - 1].text += span.text
            } else {
                spans.append(span)
            }
        }
    }
}
