import Probes

/// One frame of the console without a terminal: for the command `screenshot` and for tests.
package struct ConsoleSnapshot: Sendable {
    package enum Format: String, CaseIterable, Sendable {
        /// The characters alone.
        case text
        /// With SGR sequences, for a terminal.
        case ansi
        /// A picture, for a page.
        case svg
    }

    package let canvas: Canvas
    package let theme: Theme

    package init(canvas: Canvas, theme: Theme) {
        self.canvas = canvas
        self.theme = theme
    }

    /// Draws a pane as it looks when it is opened.
    package init(
        pane: Pane, size: Size, readings: ConsoleReadings, facts: ConsoleFacts, now: Timestamp,
        theme: Theme = .dark, glyphs: GlyphSet = .unicode
    ) {
        var model = ConsoleModel(
            facts: facts, readings: readings, now: now, themes: [theme])
        model.size = size
        model.show(pane)
        if pane == .deadLetters, readings.clusters == nil { model.showsClusters = false }
        if pane == .alerts, readings.alertGroups == nil { model.showsAlertGroups = false }
        var canvas = Canvas(size: size, glyphs: glyphs)
        model.draw(into: &canvas)
        self.init(canvas: canvas, theme: theme)
    }

    /// The frame in a format, ending with a line feed.
    package func rendered(_ format: Format) -> String {
        switch format {
        case .text: canvas.lines.joined(separator: "\n") + "\n"
        case .ansi: ansi
        case .svg: SVGPicture(canvas: canvas, theme: theme).text
        }
    }

    private var ansi: String {
        var text = ""
        for row in 0..<canvas.gridSize.rows {
            for span in canvas.spans(ofRow: row) {
                text += theme.look(for: span.style).sgr + span.text
            }
            text += "\u{1B}[0m\n"
        }
        return text
    }
}

extension Look {
    /// Select Graphic Rendition (ECMA-48 8.3.117), from a fresh start.
    fileprivate var sgr: String {
        var codes = ["0"]
        if attributes.contains(.bold) { codes.append("1") }
        if attributes.contains(.dim) { codes.append("2") }
        if attributes.contains(.underline) { codes.append("4") }
        if attributes.contains(.reverse) { codes.append("7") }
        if let code = foreground.sgr(38) { codes.append(code) }
        if let code = background.sgr(48) { codes.append(code) }
        return "\u{1B}[\(codes.joined(separator: ";"))m"
    }
}

extension Color {
    fileprivate func sgr(_ introducer: Int) -> String? {
        switch self {
        case .standard: nil
        case .indexed(let index): "\(introducer);5;\(index)"
        case .rgb(let red, let green, let blue): "\(introducer);2;\(red);\(green);\(blue)"
        }
    }
}
