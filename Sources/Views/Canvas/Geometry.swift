/// A cell's place: rows grow downward, columns to the right, both from 0.
package struct Position: Hashable, Sendable {
    package var row: Int
    package var column: Int

    package init(row: Int, column: Int) {
        self.row = row
        self.column = column
    }
}

/// An extent in cells. Never negative: negative numbers become 0.
package struct Size: Hashable, Sendable {
    package let rows: Int
    package let columns: Int

    package init(rows: Int, columns: Int) {
        self.rows = max(0, rows)
        self.columns = max(0, columns)
    }
}

/// A rectangle of cells: its top left corner and its extent. Never of negative extent.
package struct Rect: Hashable, Sendable {
    package let row: Int
    package let column: Int
    package let rows: Int
    package let columns: Int

    package init(row: Int, column: Int, rows: Int, columns: Int) {
        self.row = row
        self.column = column
        self.rows = max(0, rows)
        self.columns = max(0, columns)
    }

    package var size: Size { Size(rows: rows, columns: columns) }
    package var isEmpty: Bool { rows == 0 || columns == 0 }
    /// The first row below the rectangle.
    package var endRow: Int { row + rows }
    /// The first column to the right of the rectangle.
    package var endColumn: Int { column + columns }

    package func contains(row: Int, column: Int) -> Bool {
        row >= self.row && row < endRow && column >= self.column && column < endColumn
    }

    /// The part that both rectangles cover; of extent 0 where they do not meet.
    package func intersection(_ other: Rect) -> Rect {
        let top = max(row, other.row)
        let left = max(column, other.column)
        return Rect(
            row: top, column: left,
            rows: min(endRow, other.endRow) - top,
            columns: min(endColumn, other.endColumn) - left)
    }

    /// The rectangle moved by whole cells.
    package func moved(rows: Int, columns: Int) -> Rect {
        Rect(row: row + rows, column: column + columns, rows: self.rows, columns: self.columns)
    }

    /// The rectangle without `margin` cells on each of its four sides.
    package func inset(by margin: Int) -> Rect {
        Rect(
            row: row + margin, column: column + margin,
            rows: rows - 2 * margin, columns: columns - 2 * margin)
    }

    /// Cuts at `rows` from the top (a negative number: from the bottom) into upper and lower part.
    package func split(rows cut: Int) -> (upper: Rect, lower: Rect) {
        let upperRows = min(rows, max(0, cut >= 0 ? cut : rows + cut))
        return (
            Rect(row: row, column: column, rows: upperRows, columns: columns),
            Rect(row: row + upperRows, column: column, rows: rows - upperRows, columns: columns)
        )
    }

    /// Cuts at `columns` from the left (a negative number: from the right) into left and right.
    package func split(columns cut: Int) -> (left: Rect, right: Rect) {
        let leftColumns = min(columns, max(0, cut >= 0 ? cut : columns + cut))
        return (
            Rect(row: row, column: column, rows: rows, columns: leftColumns),
            Rect(
                row: row, column: column + leftColumns,
                rows: rows, columns: columns - leftColumns)
        )
    }
}
