/// What the keys do here: exactly what the key table declares for this place.
struct HelpOverlay {
    let model: ConsoleModel

    var lineCount: Int { lines.count }

    func draw(into canvas: inout Canvas, top: Int) {
        let lines = lines
        let rows = min(lines.count, canvas.rows - 2)
        let columns = min(96, canvas.columns - 4)
        Panel.draw("Keys: \(title)", rows: rows, columns: columns, into: &canvas) { canvas in
            let top = max(0, min(top, lines.count - canvas.rows))
            for row in 0..<canvas.rows where top + row < lines.count {
                canvas.write(lines[top + row], row: row, column: 0, width: canvas.columns - 2)
            }
            canvas.placeCursor(row: 0, column: 0)
            ScrollBar(total: lines.count, top: top).draw(into: &canvas)
        }
    }

    private var title: String {
        model.detail == nil ? model.pane.title : "\(model.pane.title), detail"
    }

    private var lines: [[Span]] {
        let bindings = model.keys.bindings(in: model.panePlace)
        var lines: [[Span]] = []
        var titles = bindings.map(\.section)
        // What is special here comes first, what holds everywhere last.
        titles =
            titles.filter { !["Everywhere", "In lists", "In details"].contains($0) }
            + ["In details", "In lists", "Everywhere"]
        var seen: Set<String> = []
        for title in titles where seen.insert(title).inserted {
            let section = bindings.filter { $0.section == title && !$0.keys.isEmpty }
            guard !section.isEmpty else { continue }
            if !lines.isEmpty { lines.append([]) }
            for binding in section { lines.append(line(binding)) }
        }
        return lines
    }

    private func line(_ binding: KeyBinding) -> [Span] {
        let names = binding.keys.map { "\($0)" }.joined(separator: " ")
        // Of the keys with the most names the words still stand in line, if there is room.
        let width = model.size.columns >= 100 ? 20 : 14
        let padding = String(
            repeating: " ", count: max(1, width - VisibleText.columns(names, model.glyphs)))
        let obstacle = binding.obstacle(model)
        var spans = [
            Span(names, Style(obstacle == nil ? .key : .disabled)), Span(padding),
            Span(binding.words, Style(obstacle == nil ? .normal : .disabled)),
        ]
        if let obstacle { spans.append(Span("  \(obstacle)", Style(.disabled))) }
        return spans
    }
}
