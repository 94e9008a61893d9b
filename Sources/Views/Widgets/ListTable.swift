/// A list: column names, rows, a cursor, marks. Draws only the rows that are in view.
struct ListTable<Row> {
    var columns: [ListColumn<Row>]
    var rows: [Row]
    var state: ListState
    /// The title of the column that the list is sorted by, with an arrow.
    var sort: ListSort?
    /// Drawn as too old, or as taken with another filter than the present one.
    var isStale = false
    let id: (Row) -> RowID

    /// Columns before the first: the pointer, the mark, a blank.
    static var margin: Int { 3 }

    func draw(into canvas: inout Canvas, _ context: DrawContext) {
        guard canvas.rows > 1 else { return }
        let layout = ColumnLayout(
            widths: columns.map(\.width), growths: columns.map(\.growth),
            ranks: columns.map(\.rank), width: canvas.columns - Self.margin - 2)
        drawHeader(into: &canvas, layout)
        let visible = canvas.rows - 1
        let top = state.visibleTop(rows: visible)
        for line in 0..<visible where top + line < state.order.count {
            let index = top + line
            let source = state.order[index]
            guard rows.indices.contains(source) else { continue }
            drawRow(rows[source], line: line + 1, index: index, layout, into: &canvas, context)
        }
        canvas.inside(
            Rect(row: 1, column: 0, rows: visible, columns: canvas.columns)
        ) { ScrollBar(total: state.ids.count, top: top).draw(into: &$0) }
    }

    private func drawHeader(into canvas: inout Canvas, _ layout: ColumnLayout) {
        for place in layout.places {
            let column = columns[place.index]
            var title = column.title
            if let sort, sort.column == column.title {
                let arrow = sort.isReversed ? canvas.glyphs.arrowUp : canvas.glyphs.arrowDown
                title = column.alignment == .right ? "\(arrow)\(title)" : "\(title)\(arrow)"
            }
            canvas.write(
                title, row: 0, column: Self.margin + place.column, style: Style(.header),
                width: place.width, overflow: .clip, alignment: column.alignment)
        }
    }

    private func drawRow(
        _ row: Row, line: Int, index: Int, _ layout: ColumnLayout, into canvas: inout Canvas,
        _ context: DrawContext
    ) {
        for place in layout.places {
            let column = columns[place.index]
            var spans = column.cell(row, context)
            if isStale {
                for index in spans.indices { spans[index].style = Style(.stale) }
            }
            canvas.write(
                spans, row: line, column: Self.margin + place.column, width: place.width,
                overflow: column.overflow, alignment: column.alignment)
        }
        if state.marks.contains(id(row)) {
            canvas.write(canvas.glyphs.mark, row: line, column: 1, style: Style(.marked))
        }
        if index == state.cursorIndex {
            canvas.write(canvas.glyphs.pointer, row: line, column: 0, style: Style(.accent))
            canvas.restyle(
                Rect(row: line, column: 0, rows: 1, columns: canvas.columns - 1)
            ) { style in
                // What is pale on the screen's background would be unreadable on the bar's.
                [.normal, .muted, .stale].contains(style.role)
                    ? Style(.selected, on: nil, style.attributes) : style.on(.selected)
            }
            canvas.placeCursor(row: line, column: 0)
        }
    }
}

/// A list's order, if it is not the one in which the rows came.
struct ListSort: Sendable, Equatable {
    var column: String
    var isReversed: Bool
}
