/// Where the parts of the frame stand.
struct FrameLayout {
    static let smallest = Size(rows: 15, columns: 60)

    let size: Size

    var isTooSmall: Bool {
        size.rows < Self.smallest.rows || size.columns < Self.smallest.columns
    }

    var status: Rect { Rect(row: 0, column: 0, rows: 1, columns: size.columns) }
    var tabs: Rect { Rect(row: 1, column: 0, rows: 1, columns: size.columns) }
    /// The pane's own line: what it lists, how many, filtered and sorted how, as of when.
    var paneTitle: Rect { Rect(row: 2, column: 0, rows: 1, columns: size.columns) }
    var pane: Rect { Rect(row: 3, column: 0, rows: size.rows - 4, columns: size.columns) }
    var hints: Rect { Rect(row: size.rows - 1, column: 0, rows: 1, columns: size.columns) }

    /// Rows of a list that are in view, without the column names.
    var listRows: Int { max(1, pane.rows - 1) }
}
