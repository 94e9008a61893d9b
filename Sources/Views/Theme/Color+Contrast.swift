/// Whether a colour can be read on another, by the formula of WCAG 2.1.
extension Color {
    /// From 1 (the same brightness) to 21 (black on white); `nil` if one is the terminal's own.
    package func contrast(to other: Color) -> Double? {
        guard let mine = luminance, let theirs = other.luminance else { return nil }
        return (max(mine, theirs) + 0.05) / (min(mine, theirs) + 0.05)
    }

    /// At least 3, which WCAG asks of large or bold text; true where nothing is known.
    func isReadable(on background: Color) -> Bool {
        contrast(to: background).map { $0 >= 3 } ?? true
    }

    /// Black or white of the first eight, whichever can be read better on this colour.
    var readableInk: Color {
        let black = Color.indexed(0)
        let white = Color.indexed(7)
        return (contrast(to: black) ?? 0) > (contrast(to: white) ?? 0) ? black : white
    }

    /// Relative luminance, 0 to 1.
    private var luminance: Double? {
        components.map {
            0.2126 * Self.linear($0.red) + 0.7152 * Self.linear($0.green)
                + 0.0722 * Self.linear($0.blue)
        }
    }

    /// sRGB's transfer function; its power of 2.4 as WCAG rounds it would need Foundation, and a
    /// square with a cubic part comes within 0.004.
    private static func linear(_ component: Int) -> Double {
        let value = Double(component) / 255
        return value * (value * (value * 0.305306011 + 0.682171111) + 0.012522878)
    }
}
