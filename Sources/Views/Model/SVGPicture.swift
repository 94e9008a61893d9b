/// A canvas as a picture: every cell at its place, whatever font the viewer has.
struct SVGPicture {
    let canvas: Canvas
    let theme: Theme

    // The proportions of common monospace fonts at 14 pixels.
    private static let cell = (width: 8.4, height: 18.0)
    private static let margin = 12.0

    var text: String {
        let width = Double(canvas.gridSize.columns) * Self.cell.width + 2 * Self.margin
        let height = Double(canvas.gridSize.rows) * Self.cell.height + 2 * Self.margin
        var svg = """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(px(width))" height="\(px(height))" \
            viewBox="0 0 \(px(width)) \(px(height))">
            <rect width="100%" height="100%" rx="8" fill="\(paper)"/>
            <g font-family="'JetBrains Mono','DejaVu Sans Mono',Menlo,Consolas,monospace" \
            font-size="14" fill="\(ink)" xml:space="preserve">

            """
        for row in 0..<canvas.gridSize.rows { append(row: row, to: &svg) }
        return svg + "</g>\n</svg>\n"
    }

    private func append(row: Int, to svg: inout String) {
        let top = Self.margin + Double(row) * Self.cell.height
        var column = 0
        for span in canvas.spans(ofRow: row) {
            var look = theme.look(for: span.style)
            if look.attributes.contains(.reverse) {
                (look.foreground, look.background) = (look.background, look.foreground)
            }
            let columns = VisibleText.columns(span.text, canvas.glyphs)
            let left = Self.margin + Double(column) * Self.cell.width
            let width = Double(columns) * Self.cell.width
            column += columns
            if let fill = hex(look.background) {
                svg +=
                    "<rect x=\"\(px(left))\" y=\"\(px(top))\" width=\"\(px(width))\" "
                    + "height=\"\(px(Self.cell.height))\" fill=\"\(fill)\"/>\n"
            }
            guard span.text.utf8.contains(where: { $0 != UInt8(ascii: " ") }) else { continue }
            // The length is given so that the columns hold in any font.
            svg +=
                "<text x=\"\(px(left))\" y=\"\(px(top + 13.5))\" textLength=\"\(px(width))\" "
                + "lengthAdjust=\"spacingAndGlyphs\"\(attributes(look))>"
                + "\(Self.escaped(span.text))</text>\n"
        }
    }

    private func attributes(_ look: Look) -> String {
        var attributes = ""
        if let fill = hex(look.foreground) { attributes += " fill=\"\(fill)\"" }
        if look.attributes.contains(.bold) { attributes += " font-weight=\"bold\"" }
        if look.attributes.contains(.underline) { attributes += " text-decoration=\"underline\"" }
        if look.attributes.contains(.dim) { attributes += " opacity=\"0.7\"" }
        return attributes
    }

    private var paper: String { theme.base == .dark ? "#16181d" : "#fcfcf8" }
    private var ink: String { theme.base == .dark ? "#d4d7dd" : "#24262b" }

    private func hex(_ color: Color) -> String? {
        guard let (red, green, blue) = color.components else { return nil }
        let value = String(red << 16 | green << 8 | blue, radix: 16)
        return "#" + String(repeating: "0", count: 6 - value.count) + value
    }

    /// One decimal is as fine as a screen shows.
    private func px(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }

    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
