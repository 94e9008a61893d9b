import Glibc

/// The terminal behind standard output, opened anew.
///
/// An open file of our own can be non-blocking without making the shell's so: a terminal that takes
/// no more output must not keep the screen's thread from seeing a signal. Where the terminal has no
/// name here (a container without `/dev/pts`) standard output is used as it is.
final class TerminalDevice: Sendable {
    let descriptor: Int32

    /// Throws `ScreenError.notATerminal` if `output` is closed or is no terminal.
    init(output: Int32 = STDOUT_FILENO) throws {
        guard isatty(output) == 1 else { throw ScreenError.notATerminal }
        var name: [CChar] = Array(repeating: 0, count: 256)
        var opened: Int32 = -1
        if ttyname_r(output, &name, name.count) == 0 {
            opened = open(name, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        }
        if opened < 0 { opened = fcntl(output, F_DUPFD_CLOEXEC, 3) }
        guard opened >= 0 else { throw ScreenError.system(call: "open", errno: errno) }
        descriptor = opened
    }

    deinit { close(descriptor) }

    /// The size as the terminal says it, whatever `LINES` and `COLUMNS` claim; `nil` if it does
    /// not know. At most 1,000 rows and columns, so that nonsense cannot exhaust memory.
    var size: Size? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0, size.ws_col > 0
        else { return nil }
        return Size(rows: min(1000, Int(size.ws_row)), columns: min(1000, Int(size.ws_col)))
    }
}
