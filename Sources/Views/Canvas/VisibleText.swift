/// Foreign text made safe to show: the only way from a string to cells, titles and the clipboard.
///
/// A terminal acts on more than letters. Whatever could move the cursor, change a mode, reorder
/// the line or hide is replaced by a visible symbol; what remains has a width on which terminals
/// agree:
///
/// | in the text | shown | in ASCII mode |
/// |---|---|---|
/// | C0 (escape, line feed, tab, …), DEL | `␛` | `^[` |
/// | C1, bidirectional controls, zero-width, byte order mark, line separators, other format characters, private use, unassigned | `‹202E›` | `<202E>` |
/// | combining marks | on their base (at most four), alone on `◌` | `?` with their base |
/// | wide characters (East Asian Wide and Fullwidth) | two columns | `?` |
/// | joined emoji | one by one, the joiner as `·`; skin tones as `·`; flags as circled letters | `?` |
/// | text or emoji presentation selector | dropped: it only chooses a look | dropped |
/// | any other non-ASCII character | itself | `?` |
package enum VisibleText {
    /// A cell of curses holds a base and four marks; further ones are dropped.
    static let maximumMarks = 4

    /// Calls `body` with each glyph and its columns (1 or 2), in order, until it returns false.
    ///
    /// Returns false if `body` did.
    static func forEachGlyph(
        in text: String, _ glyphs: GlyphSet, _ body: (String, Int) -> Bool
    ) -> Bool {
        var glyph = Pending()
        for scalar in text.unicodeScalars {
            let value = scalar.value
            if value >= 0x20, value < 0x7F {
                guard glyph.flush(body) else { return false }
                glyph.begin(asciiGlyphs[Int(value)], 1)
                continue
            }
            guard glyph.take(scalar, CharacterWidth.kind(of: scalar), glyphs, body) else {
                return false
            }
        }
        return glyph.flush(body)
    }

    /// The columns that a text takes when written.
    package static func columns(_ text: String, _ glyphs: GlyphSet = .unicode) -> Int {
        if isPlainASCII(text) { return text.utf8.count }
        var columns = 0
        _ = forEachGlyph(in: text, glyphs) { _, width in
            columns += width
            return true
        }
        return columns
    }

    /// The text as it would be shown, for places other than cells: window titles, plain output.
    package static func cleaned(_ text: String, _ glyphs: GlyphSet = .unicode) -> String {
        if isPlainASCII(text) { return text }
        var cleaned = ""
        _ = forEachGlyph(in: text, glyphs) { glyph, _ in
            cleaned += glyph
            return true
        }
        return cleaned
    }

    /// The text for a clipboard: cleaned, but its line feeds and tabs are kept.
    package static func cleanedLines(_ text: String) -> String {
        var cleaned = ""
        var start = text.startIndex
        let scalars = text.unicodeScalars
        for index in scalars.indices where scalars[index] == "\n" || scalars[index] == "\t" {
            cleaned += Self.cleaned(String(scalars[start..<index]))
            cleaned.unicodeScalars.append(scalars[index])
            start = scalars.index(after: index)
        }
        return cleaned + Self.cleaned(String(scalars[start...]))
    }

    /// True if nothing needs cleaning and every byte is one column.
    private static func isPlainASCII(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    }

    private static let asciiGlyphs: [String] = (0..<128).map {
        String(Character(Unicode.Scalar(UInt8($0))))
    }

    /// The glyph that may still take combining marks.
    private struct Pending {
        private var text = ""
        private var columns = 0
        private var marks = 0
        private var isEmoji = false

        mutating func begin(_ text: String, _ columns: Int, isEmoji: Bool = false) {
            self.text = text
            self.columns = columns
            self.isEmoji = isEmoji
            marks = 0
        }

        mutating func flush(_ body: (String, Int) -> Bool) -> Bool {
            guard columns > 0 else { return true }
            defer { columns = 0 }
            return body(text, columns)
        }

        mutating func take(
            _ scalar: Unicode.Scalar, _ kind: CharacterWidth.Kind, _ glyphs: GlyphSet,
            _ body: (String, Int) -> Bool
        ) -> Bool {
            switch kind {
            case .presentationSelector where columns > 0:
                return true
            case .mark where columns > 0:
                if !glyphs.isASCII {
                    if marks < VisibleText.maximumMarks { text.unicodeScalars.append(scalar) }
                    marks += 1
                } else {
                    text = "?"
                }
                return true
            case .mark:
                begin(glyphs.isASCII ? "?" : "◌\(scalar)", 1)
                return true
            case .joiner where isEmoji && columns > 0, .skinTone where isEmoji && columns > 0:
                guard flush(body) else { return false }
                begin(glyphs.isASCII ? "?" : "·", 1, isEmoji: true)
                return true
            case .narrow, .wide, .skinTone:
                guard flush(body) else { return false }
                let columns = kind == .narrow || glyphs.isASCII ? 1 : 2
                let isEmoji = scalar.value > 0xFF && scalar.properties.isEmoji
                begin(glyphs.isASCII ? "?" : String(scalar), columns, isEmoji: isEmoji)
                return true
            case .regionalIndicator(let circled):
                guard flush(body) else { return false }
                begin(glyphs.isASCII ? "?" : String(circled), 1)
                return true
            case .control, .hidden, .joiner, .presentationSelector:
                guard flush(body) else { return false }
                return spell(scalar, glyphs, body)
            }
        }

        /// Emits the visible stand-in; marks after it do not join it.
        private func spell(
            _ scalar: Unicode.Scalar, _ glyphs: GlyphSet, _ body: (String, Int) -> Bool
        ) -> Bool {
            VisibleText.standIn(for: scalar, glyphs).unicodeScalars.allSatisfy {
                body(String($0), 1)
            }
        }
    }

    private static func standIn(for scalar: Unicode.Scalar, _ glyphs: GlyphSet) -> String {
        let value = scalar.value
        if value < 0x20 || value == 0x7F {
            if glyphs.isASCII { return "^" + asciiGlyphs[Int(value ^ 0x40)] }
            let picture = Unicode.Scalar(value == 0x7F ? 0x2421 : 0x2400 + value)
            return picture.map { String($0) } ?? "?"
        }
        let code = String(value, radix: 16, uppercase: true)
        return glyphs.isASCII ? "<\(code)>" : "‹\(code)›"
    }
}
