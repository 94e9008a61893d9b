import CNcurses
import Glibc

/// The one place that knows curses: it turns canvases into the bytes that bring a terminal from
/// what it shows to what it shall show.
///
/// Curses writes to a file in memory, never to the terminal: what a frame put there goes out as
/// one write, and curses neither reads input nor touches the terminal's settings or signals. All
/// of it belongs to the thread that made it; one at a time in a process.
final class CursesScreen {
    /// The description in use.
    let terminal: String
    let depth: ColorDepth
    let glyphs: GlyphSet
    let notice: String?
    /// Written once by a crash, instead of everything else, to leave the screen.
    let resetBytes: [UInt8]

    var theme: Theme {
        didSet { if theme != oldValue { forgetFrame() } }
    }

    private let screen: OpaquePointer
    private let memory: Int32
    private let files: [UnsafeMutablePointer<FILE>]
    private let usesTerminalColors: Bool
    private var shown: Canvas?
    private var isCursorVisible: Bool?
    private var pairs: [ColorPair: Int32] = [:]
    private var looks: [Style: CursesLook] = [:]

    private struct ColorPair: Hashable {
        let foreground: Int32
        let background: Int32
    }

    private struct CursesLook {
        let attributes: attr_t
        let pair: Int32
    }

    /// Starts curses for a terminal; unknown ones are taken for an xterm, then for an ANSI terminal.
    ///
    /// Throws `ScreenError` if the terminal cannot place its cursor or nothing is known of any.
    init(size: Size, theme: Theme, glyphs wished: GlyphSet?, environment: [String: String]) throws {
        self.theme = theme
        let locale = CursesLocale.use(wished ?? .detected(environment: environment))
        glyphs = locale.glyphs
        memory = curses_memory_file()
        guard memory >= 0, let output = fdopen(memory, "w") else {
            throw ScreenError.system(call: "memfd_create", errno: errno)
        }
        guard let input = fopen("/dev/null", "re") else {
            throw ScreenError.system(call: "fopen", errno: errno)
        }
        files = [output, input]
        // Not an exported LINES, nor a size that some descriptions lack: `resize` says it below.
        use_env(false)
        use_tioctl(true)
        let name = environment["TERM"] ?? ""
        let known = Self.description(for: name, on: memory)
        if let known, curses_places_cursor(known, memory) == 0 {
            for file in files { fclose(file) }
            throw ScreenError.cannotPlaceCursor(terminal: known)
        }
        guard let known, let screen = newterm(known, output, input) else {
            for file in files { fclose(file) }
            throw ScreenError.noDescription(terminal: name)
        }
        self.screen = screen
        terminal = known
        let unknown =
            known == name
            ? nil : "terminal \"\(name)\" is unknown here; it is treated as \(known)"
        notice = [unknown, locale.notice].compactMap { $0 }.joined(separator: "; ").nilIfEmpty
        start_color()
        usesTerminalColors = use_default_colors() == OK
        depth = ColorDepth(colors: Int(curses_colors()), environment: environment)
        resetBytes = TerminalModes.leaving(
            leaveAlternateScreen: curses_capability("rmcup").map { Array(String(cString: $0).utf8) }
        )
        nonl()
        noecho()
        typeahead(-1)
        scrollok(curses_window(), false)
        // Lets curses move lines that only scrolled, as a live tail does.
        idlok(curses_window(), true)
        resize(to: size)
    }

    deinit {
        delscreen(screen)
        for file in files { fclose(file) }
    }

    /// The terminal's own description, or else the nearest that nearly every terminal understands.
    private static func description(for name: String, on descriptor: Int32) -> String? {
        [name, "xterm-256color", "ansi"].first {
            !$0.isEmpty && curses_places_cursor($0, descriptor) >= 0
        }
    }

    /// Makes the next frame one of this size, painted whole.
    func resize(to size: Size) {
        resizeterm(Int32(max(1, size.rows)), Int32(max(1, size.columns)))
        repaint()
    }

    /// Makes the next frame paint everything, whatever the terminal shows.
    func repaint() {
        forgetFrame()
        curses_repaint()
    }

    /// The bytes that make the terminal show a canvas; empty if it does already.
    func frame(showing canvas: Canvas) -> [UInt8] {
        guard canvas != shown else { return [] }
        for row in 0..<canvas.gridSize.rows {
            let cells = canvas.gridRow(row)
            if let shown, shown.gridRow(row) == cells { continue }
            draw(cells, row: row)
        }
        let showsCursor = canvas.cursor != nil
        if isCursorVisible != showsCursor {
            isCursorVisible = showsCursor
            curs_set(showsCursor ? 1 : 0)
        }
        let cursor = canvas.cursor ?? Position(row: 0, column: 0)
        curses_cursor(Int32(cursor.row), Int32(cursor.column))
        shown = canvas
        wrefresh(curses_window())
        return takeBytes()
    }

    /// The bytes that leave curses' screen; the next frame enters it again and paints everything.
    func leave() -> [UInt8] {
        endwin()
        repaint()
        isCursorVisible = nil
        return takeBytes()
    }

    private func forgetFrame() {
        shown = nil
        looks = [:]
    }

    private func draw(_ cells: ArraySlice<Cell>, row: Int) {
        var line: [cchar_t] = []
        line.reserveCapacity(cells.count)
        var style: Style?
        var look = CursesLook(attributes: 0, pair: 0)
        for cell in cells where !cell.isContinuation {
            if cell.style != style {
                style = cell.style
                look = cursesLook(for: cell.style)
            }
            for text in CursesText.characters(of: cell, width: curses_width) {
                var character = cchar_t()
                curses_cell(&character, text, look.attributes, look.pair)
                line.append(character)
            }
        }
        curses_row(Int32(row), line, Int32(line.count))
    }

    private func cursesLook(for style: Style) -> CursesLook {
        if let known = looks[style] { return known }
        let look = theme.look(for: style, depth: depth)
        var attributes: attr_t = 0
        if look.attributes.contains(.bold) { attributes |= curses_bold() }
        if look.attributes.contains(.dim) { attributes |= curses_dim() }
        if look.attributes.contains(.underline) { attributes |= curses_underline() }
        if look.attributes.contains(.reverse) { attributes |= curses_reverse() }
        let made = CursesLook(
            attributes: attributes,
            pair: pair(
                ColorPair(
                    foreground: index(look.foreground, standard: 7),
                    background: index(look.background, standard: 0))))
        looks[style] = made
        return made
    }

    private func index(_ color: Color, standard: Int32) -> Int32 {
        if case .indexed(let index) = color { return Int32(index) }
        return usesTerminalColors ? -1 : standard
    }

    /// A pair's number, made when first used; 0, the standard colours, once there are no more.
    private func pair(_ colors: ColorPair) -> Int32 {
        let standard =
            usesTerminalColors
            ? ColorPair(foreground: -1, background: -1) : ColorPair(foreground: 7, background: 0)
        if depth == .none || colors == standard { return 0 }
        if let known = pairs[colors] { return known }
        let next = Int32(pairs.count) + 1
        guard next < curses_pairs(),
            init_extended_pair(next, colors.foreground, colors.background) == OK
        else { return 0 }
        pairs[colors] = next
        return next
    }

    /// Takes what curses has written to its file.
    private func takeBytes() -> [UInt8] {
        let count = lseek(memory, 0, SEEK_CUR)
        guard count > 0 else { return [] }
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = max(0, pread(memory, buffer.baseAddress, count, 0))
        }
        ftruncate(memory, 0)
        lseek(memory, 0, SEEK_SET)
        return bytes
    }
}

extension String {
    fileprivate var nilIfEmpty: String? { isEmpty ? nil : self }
}
