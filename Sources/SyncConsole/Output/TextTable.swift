import Views

/// Rows of cells as aligned text: two spaces between columns, no line wider than the terminal.
struct TextTable {
    enum Alignment { case left, right }

    struct Column {
        var title: String
        var alignment: Alignment = .left
    }

    var columns: [Column]
    /// Each with as many cells as there are columns.
    var rows: [[String]]

    init(_ columns: [Column], rows: [[String]]) {
        self.columns = columns
        self.rows = rows
    }

    /// - Parameter width: cut lines to this many columns; nil to leave them whole.
    func text(width: Int?) -> String {
        // The one place where foreign text becomes harmless on its way to the terminal.
        let cells = ([columns.map(\.title)] + rows).map { $0.map { VisibleText.cleaned($0) } }
        let widths = columns.indices.map { column in
            cells.map { VisibleText.columns($0[column]) }.max() ?? 0
        }
        var text = ""
        for row in cells {
            var line = ""
            for (column, cell) in row.enumerated() {
                let gap = String(repeating: " ", count: widths[column] - VisibleText.columns(cell))
                switch columns[column].alignment {
                case .left: line += cell + gap
                case .right: line += gap + cell
                }
                line += "  "
            }
            text += Self.cut(line, to: width) + "\n"
        }
        return text
    }

    /// Ends with `…` where something was cut off, and never with spaces.
    static func cut(_ line: String, to width: Int?) -> String {
        let line = String(line.reversed().drop { $0 == " " }.reversed())
        guard let width, VisibleText.columns(line) > width else { return line }
        var kept = ""
        var columns = 0
        for character in line {
            let wide = VisibleText.columns(String(character))
            guard columns + wide < width else { break }
            kept.append(character)
            columns += wide
        }
        return kept + "…"
    }
}
