/// Which part of a long list is in view: a bar in the last column of the current region.
struct ScrollBar {
    var total: Int
    var top: Int

    /// Draws nothing when everything is in view.
    func draw(into canvas: inout Canvas) {
        let rows = canvas.rows
        guard total > rows, rows > 1 else { return }
        let length = max(1, rows * rows / total)
        let start = top * (rows - length) / max(1, total - rows)
        for row in 0..<rows {
            let isThumb = (start..<start + length).contains(row)
            canvas.write(
                isThumb ? canvas.glyphs.scrollThumb : canvas.glyphs.scrollTrack, row: row,
                column: canvas.columns - 1, style: Style(.border))
        }
    }
}
