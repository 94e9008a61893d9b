/// A grid of cells that panes draw into; the screen shows it, tests read it.
///
/// A value: drawing has no effect outside it. All coordinates are relative to the region that the
/// canvas currently shows (`inside`); whatever falls outside that region is cut off, so that no
/// widget can draw over another. Text passes `VisibleText` here and nowhere else: nothing that a
/// terminal would act on can get into a cell.
package struct Canvas: Equatable, Sendable {
    /// The characters for lines and signs: Unicode or plain ASCII.
    package let glyphs: GlyphSet
    /// The whole grid's extent, whatever the current region.
    package let gridSize: Size
    /// Where the terminal's own cursor rests, in grid coordinates: the selected row or the input
    /// field, so that screen readers follow it. `nil` hides it.
    package private(set) var cursor: Position?

    private var cells: [Cell]
    private var region: Rect
    private var clip: Rect

    /// A blank canvas.
    package init(size: Size, glyphs: GlyphSet = .unicode) {
        self.glyphs = glyphs
        gridSize = size
        cells = Array(repeating: .blank(.normal), count: size.rows * size.columns)
        region = Rect(row: 0, column: 0, rows: size.rows, columns: size.columns)
        clip = region
    }

    package init(rows: Int, columns: Int, glyphs: GlyphSet = .unicode) {
        self.init(size: Size(rows: rows, columns: columns), glyphs: glyphs)
    }

    /// The current region's extent.
    package var size: Size { region.size }
    package var rows: Int { region.rows }
    package var columns: Int { region.columns }
    /// The current region in its own coordinates: from (0, 0).
    package var bounds: Rect { Rect(row: 0, column: 0, rows: rows, columns: columns) }

    /// Draws in a part of the current region: inside the closure (0, 0) is `rect`'s corner, `size`
    /// its extent, and everything is cut off at its edge.
    package mutating func inside(_ rect: Rect, _ draw: (inout Canvas) throws -> Void) rethrows {
        let outer = (region, clip)
        region = rect.moved(rows: region.row, columns: region.column)
        clip = region.intersection(outer.1)
        defer { (region, clip) = outer }
        try draw(&self)
    }

    /// Puts the terminal's cursor on a cell of the current region; outside of it: nothing happens.
    package mutating func placeCursor(row: Int, column: Int) {
        let target = Position(row: row + region.row, column: column + region.column)
        guard clip.contains(row: target.row, column: target.column) else { return }
        cursor = target
    }

    /// The cell at a place of the current region; a blank one outside of the grid.
    package subscript(row: Int, column: Int) -> Cell {
        let place = (row: row + region.row, column: column + region.column)
        guard isInGrid(place.row, place.column) else { return .blank(.normal) }
        return cells[index(place.row, place.column)]
    }

    /// The grid's cells of one row, for the screen. `row` is in grid coordinates and must exist.
    package func gridRow(_ row: Int) -> ArraySlice<Cell> {
        cells[index(row, 0)..<index(row, 0) + gridSize.columns]
    }

    /// Sets one cell; used by the drawing extensions after cleaning. Returns false if cut off.
    ///
    /// A wide character of which a half would be cut off, or whose half is overwritten, leaves a
    /// blank: no half of it ever stands alone.
    @discardableResult
    mutating func put(_ text: String, columns width: Int, row: Int, column: Int, style: Style)
        -> Bool
    {
        let row = row + region.row
        let column = column + region.column
        guard clip.contains(row: row, column: column) else {
            if width == 2, clip.contains(row: row, column: column + 1) {
                set(.blank(style), row, column + 1)
            }
            return false
        }
        guard width == 2 else {
            set(Cell(text: text, columns: 1, style: style), row, column)
            return true
        }
        guard clip.contains(row: row, column: column + 1) else {
            set(.blank(style), row, column)
            return false
        }
        set(Cell(text: text, columns: 2, style: style), row, column)
        mend(row, column + 1)
        cells[index(row, column + 1)] = .continuation(style)
        return true
    }

    /// Changes the style of cells and leaves their text: for a selection bar over drawn text.
    package mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
        let target = rect.moved(rows: region.row, columns: region.column).intersection(clip)
        guard !target.isEmpty else { return }
        for row in target.row..<target.endRow {
            for column in target.column..<target.endColumn {
                let place = index(row, column)
                cells[place].style = change(cells[place].style)
            }
        }
    }

    private mutating func set(_ cell: Cell, _ row: Int, _ column: Int) {
        mend(row, column)
        cells[index(row, column)] = cell
    }

    /// Blanks the other half of a wide character before one of its halves is overwritten.
    private mutating func mend(_ row: Int, _ column: Int) {
        let place = index(row, column)
        let old = cells[place]
        if old.columns == 2, column + 1 < gridSize.columns {
            cells[place + 1] = .blank(old.style)
        } else if old.columns == 0, column > 0 {
            cells[place - 1] = .blank(cells[place - 1].style)
        }
    }

    private func index(_ row: Int, _ column: Int) -> Int { row * gridSize.columns + column }

    private func isInGrid(_ row: Int, _ column: Int) -> Bool {
        row >= 0 && row < gridSize.rows && column >= 0 && column < gridSize.columns
    }
}
