import CVterm
import Glibc

/// The C library's idea of the width of characters, which curses and many terminals follow.
package enum TerminalWidths {
    /// Columns of each scalar in a UTF-8 locale; -1 for what the C library does not know.
    ///
    /// The locale is the calling thread's alone, and only for the time of the call.
    package static func columns(of scalars: [Unicode.Scalar]) -> [Int] {
        let locale = newlocale(Int32(LC_CTYPE_MASK), "C.UTF-8", nil)
        let before = uselocale(locale)
        defer {
            uselocale(before)
            if let locale { freelocale(locale) }
        }
        return scalars.map { Int(wcwidth(wchar_t($0.value))) }
    }
}
