import Glibc

/// Why the screen came down.
package enum ScreenEnd: Hashable, Sendable {
    /// The application asked for it.
    case left
    /// This signal came: SIGTERM, SIGHUP, SIGINT or SIGQUIT. The terminal has been given back; what
    /// the process does about the signal is the caller's.
    case signal(Int32)
    /// The terminal hung up, or cannot be read or written any more.
    case terminalGone

    /// Lets the signal that ended the screen end the process, as if it had never been caught, so
    /// that whoever waits for the process sees why it died. Returns if no signal ended the screen.
    package func repeatSignal() {
        guard case .signal(let number) = self else { return }
        Glibc.signal(number, SIG_DFL)
        // Threads of the pool block all signals, this one perhaps among them.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, number)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        raise(number)
    }
}

/// What the screen did, for benchmarks and tests.
package struct ScreenStatistics: Hashable, Sendable {
    package var inputs = 0
    package var frames = 0
    /// write(2) calls.
    package var writes = 0
    package var bytes = 0

    package init() {}
}

package struct ScreenOutcome: Hashable, Sendable {
    package let end: ScreenEnd
    package let statistics: ScreenStatistics
}

/// Why there is no screen. None of these passes by itself; the text says what to do.
package enum ScreenError: Error, Hashable, CustomStringConvertible {
    case notATerminal
    /// `TERM` names a terminal that cannot place its cursor.
    case cannotPlaceCursor(terminal: String)
    /// Not even the descriptions that nearly every terminal understands are installed.
    case noDescription(terminal: String)
    case system(call: String, errno: Int32)

    package var description: String {
        switch self {
        case .notATerminal:
            "standard output is not a terminal; use the commands instead, with --json in scripts"
        case .cannotPlaceCursor(let terminal):
            "the terminal \"\(terminal)\" cannot place its cursor; set TERM to one"
                + " that can, or use the commands instead"
        case .noDescription(let terminal):
            "there is no description of the terminal \"\(terminal)\" nor of xterm-256color or ansi;"
                + " install ncurses-base"
        case .system(let call, let errno):
            "the terminal could not be taken: \(call) failed with error \(errno)"
        }
    }
}
