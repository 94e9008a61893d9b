/// What a terminal shows at one moment.
package struct TerminalPicture: Sendable, Equatable {
    package struct Cell: Sendable, Equatable {
        /// Empty for the right half of a wide character.
        package var text: String
        /// Palette index; -1 for the terminal's own colour.
        package var foreground: Int
        package var background: Int
        package var isBold: Bool
        package var isUnderlined: Bool
        package var isReverse: Bool
    }

    package var cells: [[Cell]]
    package var cursor: (row: Int, column: Int) { (cursorRow, cursorColumn) }
    package var cursorRow: Int
    package var cursorColumn: Int
    package var isCursorVisible: Bool
    package var isAlternateScreen: Bool
    package var title: String

    /// The rows as text, without blanks at their ends.
    package var lines: [String] {
        cells.map { row in
            var line = row.map(\.text).joined()
            while line.utf8.last == UInt8(ascii: " ") { line.unicodeScalars.removeLast() }
            return line
        }
    }

    package var text: String { lines.joined(separator: "\n") }

    /// The cell at which a text begins on the screen.
    package func cell(of text: String) -> Cell? {
        for row in cells {
            for column in row.indices {
                if row[column...].map(\.text).joined().hasPrefix(text) { return row[column] }
            }
        }
        return nil
    }
}
