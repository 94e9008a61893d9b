import Views

/// Shows its size, the last input, a counter, and text that a terminal must not act on.
struct ProbeApplication: ScreenApplication {
    private var facts: ScreenFacts?
    private var size = Size(rows: 0, columns: 0)
    private var last = "nothing"
    private var counter = 0
    private var isPainting = false
    private var numbers: [Int] = []
    private(set) var nextTick: ContinuousClock.Instant?

    mutating func handle(_ input: ScreenInput, now: ContinuousClock.Instant) -> ScreenDirective {
        last = "\(input)"
        switch input {
        case .opened(let facts):
            self.facts = facts
            size = facts.size
            last = "opened"
        case .resized(let size): self.size = size
        case .tick(let now):
            counter += 1
            nextTick = isPainting ? now + .milliseconds(2) : nil
            last = "tick"
        case .paste(let text): last = "paste \(text)"
        case .key(let key):
            last = "key \(key)"
            return press(key, now: now)
        default: break
        }
        return .redraw
    }

    private mutating func press(_ key: Key, now: ContinuousClock.Instant) -> ScreenDirective {
        switch key {
        case "q": return .leave
        case "+": counter += 1
        // Redraws the same: nothing may be written. The first press changes what is shown.
        case "n": last = "still"
        case "g":
            isPainting.toggle()
            nextTick = isPainting ? now : nil
        case "t": return .request(.title("probe \u{1B}]0;evil\u{7}"))
        case "c": return .request(.copy("copied ✓"))
        case "m": return .request(.mouse(true))
        case "l": return .request(.theme(.light))
        case "!":
            // A crash as Swift makes it: an index out of range.
            last = "\(numbers[counter + 1])"
        default: break
        }
        return .redraw
    }

    func draw(into canvas: inout Canvas, now: ContinuousClock.Instant) {
        let glyphs = canvas.glyphs
        canvas.inside(canvas.box(canvas.bounds, title: "probe")) { pane in
            pane.write("size \(size.columns)x\(size.rows)", row: 0, column: 0)
            pane.write("last \(last)", row: 1, column: 0)
            pane.write("counter \(counter)", row: 2, column: 0)
            pane.write(
                [
                    Span("ok ", Style(.ok)), Span("critical", Style(.critical)),
                    Span(" \(glyphs.check)"),
                ], row: 3, column: 0)
            pane.write("evil \u{1B}[2J\u{202E}abc\r日本 end", row: 4, column: 0)
            pane.write(
                "depth \(facts?.depth.rawValue ?? "?") terminal \(facts?.terminal ?? "?")", row: 5,
                column: 0)
            pane.write("notice \(facts?.notice ?? "none")", row: 6, column: 0)
            pane.placeCursor(row: 2, column: 0)
        }
    }
}
