/// The signs that the console draws with: Unicode, or ASCII for terminals without it.
///
/// Every sign is exactly one column wide on every terminal; there is no emoji among them, because
/// terminals disagree about the width of emoji.
package struct GlyphSet: Hashable, Sendable {
    /// True if only ASCII may reach the terminal: then other characters of data show as `?`.
    package let isASCII: Bool

    package static let unicode = GlyphSet(isASCII: false)
    package static let ascii = GlyphSet(isASCII: true)

    /// The set for a locale: Unicode if the first of `LC_ALL`, `LC_CTYPE`, `LANG` that is set
    /// names UTF-8, as every other program decides it.
    package static func detected(environment: [String: String]) -> GlyphSet {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy
            .compactMap { environment[$0] }.first { !$0.isEmpty }
        let name = (locale ?? "").lowercased()
        return name.hasSuffix("utf-8") || name.hasSuffix("utf8") ? .unicode : .ascii
    }

    // Lines.
    package var horizontal: String { isASCII ? "-" : "─" }
    package var vertical: String { isASCII ? "|" : "│" }
    package var topLeft: String { isASCII ? "+" : "┌" }
    package var topRight: String { isASCII ? "+" : "┐" }
    package var bottomLeft: String { isASCII ? "+" : "└" }
    package var bottomRight: String { isASCII ? "+" : "┘" }

    // Signs.
    /// Ends a text that was cut off.
    package var ellipsis: String { isASCII ? "~" : "…" }
    package var separator: String { isASCII ? "|" : "·" }
    package var pointer: String { isASCII ? ">" : "▸" }
    package var mark: String { isASCII ? "*" : "●" }
    package var arrowUp: String { isASCII ? "^" : "↑" }
    package var arrowDown: String { isASCII ? "v" : "↓" }
    package var arrowRight: String { isASCII ? ">" : "→" }
    package var arrowLeft: String { isASCII ? "<" : "←" }
    package var check: String { isASCII ? "+" : "✓" }
    package var ballot: String { isASCII ? "x" : "✗" }
    package var circleFull: String { isASCII ? "@" : "●" }
    package var circleHalf: String { isASCII ? "%" : "◐" }
    package var circleEmpty: String { isASCII ? "o" : "○" }
    package var triangleUp: String { isASCII ? "^" : "▲" }
    package var pause: String { isASCII ? "=" : "‖" }

    // Meters.
    /// Eight levels, from lowest to highest, for sparklines.
    package var levels: [String] { isASCII ? Self.asciiLevels : Self.unicodeLevels }
    package var barFull: String { isASCII ? "#" : "█" }
    package var barEmpty: String { isASCII ? "." : "░" }
    package var scrollThumb: String { isASCII ? "#" : "█" }
    package var scrollTrack: String { isASCII ? ":" : "│" }

    private static let unicodeLevels = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    private static let asciiLevels = ["_", ".", ":", "-", "=", "+", "*", "#"]
}
