/// The terminal itself: curses for the cells, a guard for its settings, a writer for the bytes.
final class TerminalSurface: ScreenSurface {
    private let device: TerminalDevice
    private let terminal: TerminalGuard
    private let writer: TerminalWriter
    private let curses: CursesScreen
    private var size: Size
    private var hasMouse = false
    private var frames = 0
    /// Bytes that go out before the next frame, outside of its synchronized update.
    private var modes: [UInt8] = TerminalModes.bracketedPaste

    /// Takes the terminal over. Throws `ScreenError`, and then leaves the terminal as it was.
    init(device: TerminalDevice, signals: SignalInbox, configuration: ScreenConfiguration) throws {
        self.device = device
        terminal = try TerminalGuard(device: device, signals: signals)
        writer = TerminalWriter(device: device, signals: signals)
        size = device.size ?? Self.unknownSize
        terminal.arm()
        do {
            curses = try CursesScreen(
                size: size, theme: configuration.theme, glyphs: configuration.glyphs,
                environment: configuration.environment)
            try terminal.take(resetBytes: curses.resetBytes)
        } catch {
            terminal.disarm()
            throw error
        }
    }

    private static let unknownSize = Size(rows: 24, columns: 80)
    /// How long a terminal that takes no more output may hold up the end of the program.
    private static let patience = Duration.milliseconds(500)

    var facts: ScreenFacts {
        ScreenFacts(
            size: size, terminal: curses.terminal, depth: curses.depth, glyphs: curses.glyphs,
            notice: curses.notice)
    }

    var statistics: ScreenStatistics {
        var statistics = ScreenStatistics()
        statistics.frames = frames
        statistics.writes = writer.writes
        statistics.bytes = writer.bytes
        return statistics
    }

    func measure() -> Size {
        size = device.size ?? Self.unknownSize
        curses.resize(to: size)
        return size
    }

    func paint(_ canvas: Canvas) throws(TerminalWriteError) {
        let frame = curses.frame(showing: canvas)
        guard !frame.isEmpty || !modes.isEmpty else { return }
        let bytes = modes + (frame.isEmpty ? [] : TerminalModes.synchronized(frame))
        modes = []
        try writer.write(bytes)
        if !frame.isEmpty { frames += 1 }
    }

    func perform(_ request: ScreenRequest) throws(TerminalWriteError) {
        switch request {
        case .leave, .suspend: break
        case .theme(let theme): curses.theme = theme
        case .repaint: curses.repaint()
        case .bell: modes.append(0x07)
        case .mouse(let isOn):
            guard isOn != hasMouse else { return }
            hasMouse = isOn
            modes += isOn ? TerminalModes.mouseOn : TerminalModes.mouseOff
        case .title(let text):
            if understandsCommands { modes += TerminalModes.title(text) }
        case .copy(let text):
            if understandsCommands { modes += TerminalModes.copy(text) ?? [] }
        }
    }

    func suspend(wholeGroup: Bool) throws {
        try? writer.write(curses.leave() + TerminalModes.allOff, patience: Self.patience)
        terminal.giveBack()
        terminal.stopProcess(wholeGroup: wholeGroup)
        try resume()
    }

    func resume() throws {
        try terminal.take(resetBytes: curses.resetBytes)
        modes = TerminalModes.bracketedPaste + (hasMouse ? TerminalModes.mouseOn : [])
        _ = measure()
    }

    /// Gives the terminal back for good.
    func close() {
        try? writer.write(curses.leave() + TerminalModes.allOff, patience: Self.patience)
        terminal.disarm()
    }

    /// Whether the terminal reads commands that are not cursor movements, or would show them.
    private var understandsCommands: Bool {
        !["linux", "ansi", "vt"].contains { curses.terminal.hasPrefix($0) }
    }
}
