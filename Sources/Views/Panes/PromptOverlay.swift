/// The line that is typed into, at the foot of the pane, with its suggestions over it.
struct PromptOverlay {
    let prompt: Prompt

    static let mostChoices = 8

    func draw(into canvas: inout Canvas) {
        let line = canvas.rows - 1
        canvas.fill(
            Rect(row: line, column: 0, rows: 1, columns: canvas.columns), style: .normal)
        canvas.write(prompt.sign, row: line, column: 1, style: Style(.key))
        let column = 2 + VisibleText.columns(prompt.sign, canvas.glyphs)
        prompt.field.draw(
            into: &canvas, row: line, column: column, width: canvas.columns - column - 1,
            isFocused: true)
        var above = line - 1
        if let problem = prompt.problem {
            let area = Rect(row: above, column: 0, rows: 1, columns: canvas.columns)
            canvas.fill(area, style: .normal)
            canvas.write(
                problem, row: above, column: 3, style: Style(.warning), width: canvas.columns - 4)
            above -= 1
        }
        drawChoices(into: &canvas, above: above)
    }

    private func drawChoices(into canvas: inout Canvas, above bottom: Int) {
        let rows = min(prompt.choices.count, Self.mostChoices, bottom + 1)
        guard rows > 0 else { return }
        let first = max(0, min((prompt.chosen ?? 0) - rows / 2, prompt.choices.count - rows))
        let names = prompt.choices[first..<first + rows]
        let nameColumns = min(
            canvas.columns / 2,
            names.map { VisibleText.columns($0.text, canvas.glyphs) }.max() ?? 0)
        for row in 0..<rows {
            let choice = prompt.choices[first + row]
            let line = bottom - rows + 1 + row
            let isChosen = prompt.chosen == first + row
            let area = Rect(row: line, column: 0, rows: 1, columns: canvas.columns)
            canvas.fill(area, style: isChosen ? Style(.selected) : .normal)
            if isChosen {
                canvas.write(canvas.glyphs.pointer, row: line, column: 1, style: Style(.selected))
            }
            canvas.write(
                choice.text, row: line, column: 3, style: Style(isChosen ? .selected : .accent),
                width: nameColumns)
            canvas.write(
                choice.hint, row: line, column: 5 + nameColumns,
                style: Style(.muted).on(isChosen ? .selected : nil),
                width: canvas.columns - 6 - nameColumns)
        }
    }
}
