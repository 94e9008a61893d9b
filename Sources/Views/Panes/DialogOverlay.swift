/// A question, its fields, and what answers it.
struct DialogOverlay {
    let dialog: Dialog

    func draw(into canvas: inout Canvas) {
        let columns = min(66, canvas.columns - 6)
        let fields = dialog.fields.count
        let room = canvas.rows - 2
        let whole = text(columns: columns, rows: .max, canvas.glyphs)
        // Where there is no room for all, the blank lines go first; what is asked for stays, and the
        // text gives way.
        let gap = whole.count + fields + (fields > 0 ? 3 : 2) > room ? 0 : 1
        let text = text(
            columns: columns, rows: room - fields - (fields > 0 ? gap : 0) - gap - 1,
            canvas.glyphs)
        let rows = text.count + fields + (fields > 0 ? gap : 0) + gap + 1
        Panel.draw(
            dialog.title, rows: rows, columns: columns, style: Style(.warning), into: &canvas
        ) { canvas in
            for (row, line) in text.enumerated() { canvas.write(line, row: row, column: 0) }
            var row = text.count + (fields > 0 ? gap : 0)
            for (index, field) in dialog.fields.enumerated() {
                draw(field, isFocused: index == dialog.focus, into: &canvas, row: row)
                row += 1
            }
            drawAnswer(into: &canvas, row: row + gap)
        }
    }

    /// The sentences in so many rows: what warns stays longest, then what is named; of the others the
    /// last go first, and a sign says that there were more.
    private func text(columns: Int, rows: Int, _ glyphs: GlyphSet) -> [[Span]] {
        var sentences = dialog.lines.map { line in
            (
                warns: line.style.role == .warning,
                rows: TextWrap.lines([line], width: columns, glyphs: glyphs, limit: 6)
            )
        }
        func count() -> Int { sentences.reduce(0) { $0 + $1.rows.count } }
        var place: Int?
        while count() > rows, let last = sentences.lastIndex(where: { !$0.warns }), last > 0 {
            sentences.remove(at: last)
            place = last - 1
        }
        if let place, sentences.indices.contains(place), !sentences[place].rows.isEmpty {
            let end = sentences[place].rows.count - 1
            sentences[place].rows[end].append(Span(" \(glyphs.ellipsis)", Style(.muted)))
        }
        return Array(sentences.flatMap(\.rows).prefix(max(0, rows)))
    }

    private func draw(
        _ field: Dialog.Field, isFocused: Bool, into canvas: inout Canvas, row: Int
    ) {
        let labelColumns = 20
        let pointer = isFocused ? canvas.glyphs.pointer : " "
        let width = canvas.columns - labelColumns
        let style = Style(isFocused ? .accent : .muted)
        switch field {
        case .reason(let text, let isRequired):
            let label = isRequired ? "reason" : "reason (optional)"
            canvas.write("\(pointer) \(label)", row: row, column: 0, style: style)
            text.draw(
                into: &canvas, row: row, column: labelColumns, width: width, isFocused: isFocused)
        case .text(let name, let text, _):
            canvas.write("\(pointer) \(name)", row: row, column: 0, style: style)
            text.draw(
                into: &canvas, row: row, column: labelColumns, width: width, isFocused: isFocused)
        case .word(let text, let expected):
            canvas.write(
                "\(pointer) type \(expected)", row: row, column: 0, style: style,
                width: labelColumns - 1)
            text.draw(
                into: &canvas, row: row, column: labelColumns, width: width, isFocused: isFocused)
        case .duration(let text):
            canvas.write("\(pointer) for how long", row: row, column: 0, style: style)
            text.draw(
                into: &canvas, row: row, column: labelColumns, width: width, isFocused: isFocused)
        case .overrideStale(let isOn):
            drawSwitch(
                isOn, "apply it even so: for admins, audited (Space)", isFocused: isFocused,
                into: &canvas, row: row)
        case .inStages(let isOn):
            drawSwitch(
                isOn, "in stages: 1, then 10, then the rest (Space)", isFocused: isFocused,
                into: &canvas, row: row)
        case .dryRun(let isOn):
            drawSwitch(
                isOn, "dry run: report, change nothing (Space)", isFocused: isFocused,
                into: &canvas, row: row)
        }
    }

    private func drawSwitch(
        _ isOn: Bool, _ words: String, isFocused: Bool, into canvas: inout Canvas, row: Int
    ) {
        let pointer = isFocused ? canvas.glyphs.pointer : " "
        canvas.write(
            "\(pointer) [\(isOn ? "x" : " ")] \(words)", row: row, column: 0,
            style: Style(isFocused ? .accent : .muted))
        if isFocused { canvas.placeCursor(row: row, column: 3) }
    }

    private func drawAnswer(into canvas: inout Canvas, row: Int) {
        if let problem = dialog.problem {
            canvas.write(problem, row: row, column: 0, style: Style(.critical))
            return
        }
        canvas.write(
            [
                Span(dialog.fields.isEmpty ? "y" : "Enter", Style(.key)),
                Span(" \(dialog.answer)    ", Style(.hint)), Span("Esc", Style(.key)),
                Span(" cancels", Style(.hint)),
            ], row: row, column: 0)
        if dialog.fields.isEmpty { canvas.placeCursor(row: row, column: 0) }
    }
}

extension Dialog {
    /// What the confirming key does, in the third person.
    var answer: String {
        switch purpose {
        case .leave: "leaves"
        case .act(let action):
            switch action {
            case .retryLetters: "retries \(action.things)"
            case .replayEvents:
                isDryRun ? "shows what would happen" : "replays \(action.things)"
            case .approve: "approves \(action.things)"
            case .reject: "rejects \(action.things)"
            case .breakGlass: "applies \(Count.of(action.count, "change")) alone"
            case .lookAgain: "says that you have looked"
            case .reveal: "shows it"
            case .resolveLetters: "resolves \(action.things)"
            case .resetBreaker: "resets it"
            case .openBreaker: "opens it"
            case .pausePartitions: "pauses \(action.things)"
            case .resumePartitions: "resumes \(action.things)"
            case .seekPartitions(_, let target, _): "reads from \(target.text)"
            case .acknowledgeGaps: "acknowledges \(action.things)"
            case .acknowledgeAlerts: "acknowledges \(action.things)"
            case .silenceAlerts: "silences \(action.things)"
            case .unsilenceAlerts: "lets \(action.things) speak"
            case .startRun: "starts it"
            case .cancelRuns: "ends \(action.things)"
            case .acceptRuns: "accepts \(action.things)"
            case .abandonRuns: "abandons \(action.things)"
            case .useFileBefore: "uses the file before"
            case .retryJobs: "retries \(action.things)"
            case .cancelJobs: "cancels \(action.things)"
            case .removeAgents: "removes \(action.things)"
            case .addMapping: "maps it"
            case .changeMapping: "changes it"
            case .switchMappings(_, let isOn, _):
                "\(isOn ? "activates" : "deactivates") \(action.things)"
            case .runScheduled: "runs \(action.things)"
            case .pauseScheduled: "pauses \(action.things)"
            case .resumeScheduled: "resumes \(action.things)"
            case .revertRun: isDryRun ? "shows what it would revert" : "reverts \(action.things)"
            }
        }
    }
}
