/// What Ctrl-Z and SIGTSTP do.
package enum SuspendPolicy: Sendable {
    /// The terminal is given back and the process stops, until SIGCONT.
    case suspend
    /// The process goes on and the application is told (`.suspendRefused`): an engine that stops
    /// while it holds partitions and locks would stop the others too.
    case refuse
}

/// How the screen is set up.
package struct ScreenConfiguration: Sendable {
    package var theme: Theme
    /// `nil`: as the locale says.
    package var glyphs: GlyphSet?
    package var suspendPolicy: SuspendPolicy
    /// Decides about `TERM`, `NO_COLOR` and the locale. `LINES` and `COLUMNS` are ignored.
    package var environment: [String: String]
    /// Frames without a key are painted at most so often.
    package var framesPerSecond = 15
    /// How long a lone escape waits for the rest of a key (curses' ESCDELAY).
    package var escapeDelay: Duration = .milliseconds(40)
    /// Work under way elsewhere whose result will reach the screen; see `onIdle`.
    package var busy: BusyCount?
    /// Called on the screen's thread whenever nothing is left to do: no input, no wake-up, no
    /// frame due, and nothing in `busy`. For tests.
    package var onIdle: (@Sendable (ScreenStatistics) -> Void)?

    package init(
        theme: Theme, glyphs: GlyphSet? = nil, suspendPolicy: SuspendPolicy,
        environment: [String: String]
    ) {
        self.theme = theme
        self.glyphs = glyphs
        self.suspendPolicy = suspendPolicy
        self.environment = environment
    }
}
