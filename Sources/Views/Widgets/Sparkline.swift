/// The last samples of a figure as a row, or some rows, of little bars; newest at the right.
struct Sparkline {
    var samples: [Double]
    var style = Style(.graph)

    /// Fills the canvas's current region. The scale begins at 0 and ends at the greatest sample
    /// in view; samples that are missing at the left stay blank.
    func draw(into canvas: inout Canvas) {
        let (rows, columns) = (canvas.rows, canvas.columns)
        guard rows > 0, columns > 0 else { return }
        let visible = samples.suffix(columns).map { $0.isFinite ? max(0, $0) : 0 }
        guard let greatest = visible.max() else { return }
        let levels = canvas.glyphs.levels
        for (index, sample) in visible.enumerated() {
            // In eighths of a row, over all rows; anything above 0 shows at least one.
            let share = greatest > 0 ? sample / greatest : 0
            var height = Int((share * Double(rows * levels.count)).rounded())
            if sample > 0 { height = max(1, height) }
            let column = columns - visible.count + index
            for row in 0..<rows {
                let eighths = min(levels.count, height - (rows - 1 - row) * levels.count)
                if eighths > 0 {
                    canvas.write(levels[eighths - 1], row: row, column: column, style: style)
                } else if row == rows - 1 {
                    canvas.write(levels[0], row: row, column: column, style: Style(.border))
                }
            }
        }
    }
}
