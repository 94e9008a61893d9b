import Glibc
import Synchronization

/// Keeps the terminal's own settings while the screen is up, and gives them back in every case.
///
/// - Leaving, SIGTERM, SIGHUP, SIGINT, SIGQUIT: the loop sees the signal in `signals`, ends, and
///   `giveBack` and `disarm` are called.
/// - A crash (SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGFPE, SIGTRAP): the handler restores, puts the
///   previous handler back and lets the signal happen again, so that Swift's backtrace prints.
/// - `exit` from elsewhere: restored on the way out.
///
/// One at a time in a process; armed and disarmed on the screen's thread.
final class TerminalGuard {
    private static let crashes = [SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGFPE, SIGTRAP]

    /// Whether a crash has restored the terminal, so that nothing may write to it any more.
    static var hasCrashed: Bool { terminalHasCrashed.load(ordering: .acquiring) }

    let signals: SignalInbox
    private let device: TerminalDevice
    private var saved: termios
    private var resetBytes: [UInt8] = []
    private var previousActions: [(signal: Int32, action: sigaction)] = []

    /// Remembers the terminal's settings; changes nothing yet.
    init(device: TerminalDevice, signals: SignalInbox) throws {
        self.device = device
        self.signals = signals
        saved = termios()
        guard tcgetattr(device.descriptor, &saved) == 0 else {
            throw ScreenError.system(call: "tcgetattr", errno: errno)
        }
    }

    /// Catches the signals.
    ///
    /// To be called before curses starts: it installs handlers of its own, which exit the process,
    /// for every signal that it finds uncaught, and never takes them back.
    func arm() {
        Restoration.prepare(descriptor: device.descriptor, saved: saved, resetBytes: [])
        // Never released: a handler in another thread may be using it at any time.
        installedInbox.store(
            UInt(bitPattern: Unmanaged.passRetained(signals).toOpaque()), ordering: .releasing)
        for signal in SignalInbox.caught {
            // Started under nohup, a hang-up stays ignored; the loss of the terminal is seen.
            catchSignal(signal, flags: SA_RESTART, handler: forwardSignal, unlessIgnored: true)
        }
        unblockSignals()
        for signal in Self.crashes {
            catchSignal(signal, flags: SA_ONSTACK, handler: restoreAndCrash)
        }
    }

    /// Puts the terminal into raw mode: every key comes at once, as it is, Ctrl-C too.
    ///
    /// - Parameter resetBytes: what a crash writes to leave the alternate screen and all modes.
    func take(resetBytes: [UInt8]) throws {
        if self.resetBytes != resetBytes {
            self.resetBytes = resetBytes
            Restoration.prepare(
                descriptor: device.descriptor, saved: saved, resetBytes: resetBytes)
        }
        var raw = saved
        raw.c_iflag &= ~tcflag_t(
            IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON)
        raw.c_oflag &= ~tcflag_t(OPOST)
        raw.c_lflag &= ~tcflag_t(ECHO | ECHONL | ICANON | ISIG | IEXTEN)
        raw.c_cflag = raw.c_cflag & ~tcflag_t(CSIZE | PARENB) | tcflag_t(CS8)
        withUnsafeMutableBytes(of: &raw.c_cc) {
            $0[Int(VMIN)] = 1
            $0[Int(VTIME)] = 0
        }
        Restoration.isDue.store(true, ordering: .releasing)
        while tcsetattr(device.descriptor, TCSANOW, &raw) != 0 {
            guard errno == EINTR else {
                throw ScreenError.system(call: "tcsetattr", errno: errno)
            }
        }
    }

    /// Gives the terminal's settings back. What was typed ahead is dropped, lest the shell run it.
    func giveBack() {
        guard Restoration.isDue.exchange(false, ordering: .acquiringAndReleasing) else { return }
        withBlockedTerminalOutputSignal {
            tcflush(device.descriptor, TCIFLUSH)
            while tcsetattr(device.descriptor, TCSANOW, &saved) != 0, errno == EINTR {}
        }
    }

    /// Puts the previous signal handlers back.
    func disarm() {
        giveBack()
        for (signal, action) in previousActions {
            var action = action
            sigaction(signal, &action, nil)
        }
        previousActions = []
        installedInbox.store(0, ordering: .releasing)
    }

    /// Stops the process until SIGCONT; the terminal must have been given back.
    ///
    /// SIGSTOP, because SIGTSTP does nothing in an orphaned process group.
    /// - Parameter wholeGroup: also stop the other processes of the job, as the terminal's Ctrl-Z
    ///   does: a shell waits for all of them.
    func stopProcess(wholeGroup: Bool) {
        var ignore = sigaction()
        ignore.__sigaction_handler.sa_handler = SIG_IGN
        var caught = sigaction()
        sigaction(SIGTSTP, &ignore, &caught)
        if wholeGroup { kill(0, SIGTSTP) }
        signals.discard(SIGCONT)
        kill(getpid(), SIGSTOP)
        // The stop may take effect in another thread first: go on only when told to.
        signals.wait(for: SIGCONT)
        sigaction(SIGTSTP, &caught, nil)
    }

    private func catchSignal(
        _ signal: Int32, flags: Int32, handler: @escaping SignalHandler,
        unlessIgnored: Bool = false
    ) {
        var previous = sigaction()
        sigaction(signal, nil, &previous)
        if unlessIgnored, previous.sa_flags & SA_SIGINFO == 0,
            unsafeBitCast(previous.__sigaction_handler.sa_handler, to: Int.self)
                == unsafeBitCast(SIG_IGN, to: Int.self)
        {
            return
        }
        var action = sigaction()
        action.__sigaction_handler.sa_sigaction = handler
        action.sa_flags = flags | SA_SIGINFO
        sigemptyset(&action.sa_mask)
        sigaction(signal, &action, nil)
        previousActions.append((signal, previous))
        Restoration.previous[Int(signal)] = previous
    }

    /// The thread may come from a pool whose threads block all signals, and if all threads did,
    /// none would ever arrive.
    private func unblockSignals() {
        var signals = sigset_t()
        sigemptyset(&signals)
        for signal in SignalInbox.caught + Self.crashes { sigaddset(&signals, signal) }
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }

    /// A process in the background may restore its terminal too: it is on its way out.
    private func withBlockedTerminalOutputSignal(_ body: () -> Void) {
        var blocked = sigset_t()
        var before = sigset_t()
        sigemptyset(&blocked)
        sigaddset(&blocked, SIGTTOU)
        pthread_sigmask(SIG_BLOCK, &blocked, &before)
        body()
        pthread_sigmask(SIG_SETMASK, &before, nil)
    }
}
