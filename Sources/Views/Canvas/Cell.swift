/// One cell of a canvas.
///
/// `text` has passed `VisibleText`: it is one base character with at most four combining marks.
/// A character that is two columns wide stands in its left cell (`columns` 2); the cell to its
/// right is its continuation (`columns` 0, no text).
package struct Cell: Hashable, Sendable {
    package let text: String
    package let columns: UInt8
    package var style: Style

    init(text: String, columns: UInt8, style: Style) {
        self.text = text
        self.columns = columns
        self.style = style
    }

    package var isContinuation: Bool { columns == 0 }

    static func blank(_ style: Style) -> Cell { Cell(text: " ", columns: 1, style: style) }
    static func continuation(_ style: Style) -> Cell { Cell(text: "", columns: 0, style: style) }
}
