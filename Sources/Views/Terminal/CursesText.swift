import Glibc

/// A cell's text as curses takes it: code points, ended by 0.
///
/// Curses advances by the C library's idea of a character's width. Where that is older or newer
/// than the canvas's own, the cell shows question marks rather than shift the row.
enum CursesText {
    /// - Parameter width: the columns by which curses advances for a character; negative: unknown.
    static func characters(of cell: Cell, width: (wchar_t) -> Int32) -> [[wchar_t]] {
        let scalars = cell.text.unicodeScalars
        guard let base = scalars.first else { return [[0x20, 0]] }
        if base.value < 0x7F, cell.text.utf8.count == 1 { return [[wchar_t(base.value), 0]] }
        guard width(wchar_t(base.value)) == Int32(cell.columns) else {
            return Array(repeating: [0x3F, 0], count: Int(cell.columns))
        }
        let marks = scalars.dropFirst().filter { width(wchar_t($0.value)) == 0 }
        return [[wchar_t(base.value)] + marks.map { wchar_t($0.value) } + [0]]
    }
}

/// The locale of the screen's thread.
///
/// Curses writes wide characters only in a locale that has them. It is set for the screen's thread
/// alone, so that numbers and messages elsewhere stay as they are.
enum CursesLocale {
    /// Enters a locale for these glyphs, once a thread; without one the screen is ASCII.
    static func use(_ glyphs: GlyphSet) -> (glyphs: GlyphSet, notice: String?) {
        guard !glyphs.isASCII else { return (glyphs, nil) }
        for name in ["C.UTF-8", "en_US.UTF-8", ""] {
            guard let locale = newlocale(Int32(LC_CTYPE_MASK), name, nil) else { continue }
            let before = uselocale(locale)
            if let codeset = nl_langinfo(Int32(CODESET)), String(cString: codeset) == "UTF-8" {
                return (glyphs, nil)
            }
            uselocale(before)
            freelocale(locale)
        }
        return (.ascii, "no UTF-8 locale is installed; only ASCII is shown")
    }
}
