/// One event of the mouse, while it is switched on.
package struct MouseEvent: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case press
        case release
        case wheelUp
        case wheelDown
    }

    package let kind: Kind
    /// 0 left, 1 middle, 2 right; 0 for the wheel.
    package let button: Int
    package let position: Position

    package init(_ kind: Kind, button: Int = 0, row: Int, column: Int) {
        self.kind = kind
        self.button = button
        position = Position(row: row, column: column)
    }
}
