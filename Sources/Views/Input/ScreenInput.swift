/// What reaches the application on the screen's thread.
package enum ScreenInput: Hashable, Sendable {
    /// The screen is there; always the first input.
    case opened(ScreenFacts)
    case key(Key)
    /// Pasted text: to be typed into a field, never a command. May hold any character.
    case paste(String)
    case mouse(MouseEvent)
    case resized(Size)
    /// The process was stopped and goes on; everything is painted anew.
    case resumed
    /// Ctrl-Z or SIGTSTP came and the process must not stop (`SuspendPolicy.refuse`): say so.
    case suspendRefused
    /// `nextTick` has come.
    case tick(ContinuousClock.Instant)
    /// Another thread called `ScreenWaker.wake()`: look into the boxes and rings.
    case woken
}

/// What was found out about the terminal.
package struct ScreenFacts: Hashable, Sendable {
    package let size: Size
    /// The terminal description in use, which need not be `$TERM`: see `notice`.
    package let terminal: String
    package let depth: ColorDepth
    package let glyphs: GlyphSet
    /// One sentence for the operator, if something is not as it should be.
    package let notice: String?

    package init(
        size: Size, terminal: String, depth: ColorDepth, glyphs: GlyphSet, notice: String?
    ) {
        self.size = size
        self.terminal = terminal
        self.depth = depth
        self.glyphs = glyphs
        self.notice = notice
    }
}
