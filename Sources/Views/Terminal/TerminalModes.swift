/// The modes and commands that curses does not know, as xterm and its descendants have them.
/// Terminals that lack one ignore it.
enum TerminalModes {
    /// Bracketed paste: pasted text comes between marks.
    static let bracketedPaste = Array("\u{1B}[?2004h".utf8)
    static let mouseOn = Array("\u{1B}[?1000h\u{1B}[?1006h".utf8)
    static let mouseOff = Array("\u{1B}[?1006l\u{1B}[?1000l".utf8)
    static let allOff = Array(
        "\u{1B}[?2026l\u{1B}[?1006l\u{1B}[?1000l\u{1B}[?2004l".utf8)

    /// A frame that the terminal shows at once when it is complete.
    static func synchronized(_ frame: [UInt8]) -> [UInt8] {
        Array("\u{1B}[?2026h".utf8) + frame + Array("\u{1B}[?2026l".utf8)
    }

    /// Everything a crash must write; `leaveAlternateScreen` as the terminal's description says.
    static func leaving(leaveAlternateScreen: [UInt8]?) -> [UInt8] {
        allOff + Array("\u{1B}[0m".utf8) + (leaveAlternateScreen ?? Array("\r\n".utf8))
            + Array("\u{1B}[?25h".utf8)
    }

    /// Sets the window's title (OSC 2). The title is cleaned: its end cannot be forged.
    static func title(_ text: String) -> [UInt8] {
        Array("\u{1B}]2;\(VisibleText.cleaned(text))\u{1B}\\".utf8)
    }

    /// Puts text on the clipboard (OSC 52); `nil` if it is longer than terminals take.
    static func copy(_ text: String) -> [UInt8]? {
        let cleaned = Array(VisibleText.cleanedLines(text).utf8)
        guard cleaned.count <= ScreenRequest.maximumCopyBytes else { return nil }
        return Array("\u{1B}]52;c;".utf8) + Base64.encoded(cleaned) + Array("\u{1B}\\".utf8)
    }
}
