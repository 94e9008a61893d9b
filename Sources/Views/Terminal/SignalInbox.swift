import Glibc
import Synchronization

/// Signals of the process, as something that `poll` can wait for.
///
/// A handler only sets a bit and writes a byte; the screen's thread takes them from there. Each
/// signal is kept at most once, so a flood of SIGWINCH cannot push out a SIGTERM.
final class SignalInbox: Sendable {
    /// The signals that are caught while the screen is up.
    static let caught = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGWINCH, SIGTSTP, SIGCONT]
    /// Those that end the screen.
    static let ending: Set<Int32> = [SIGTERM, SIGHUP, SIGINT, SIGQUIT]

    private let pending = Atomic<UInt64>(0)
    private let pipe: WakePipe

    init() throws { pipe = try WakePipe() }

    /// Readable while a signal waits.
    var descriptor: Int32 { pipe.descriptor }

    /// Adds a signal. May be called in a signal handler.
    func post(_ signal: Int32) {
        pending.bitwiseOr(1 << UInt64(signal), ordering: .acquiringAndReleasing)
        pipe.ring()
    }

    /// Takes all signals that wait.
    func take() -> Set<Int32> {
        pipe.clear()
        let bits = pending.exchange(0, ordering: .acquiringAndReleasing)
        return Set((1..<64).filter { bits & (1 << UInt64($0)) != 0 })
    }

    /// Forgets a signal that waits.
    func discard(_ signal: Int32) {
        pending.bitwiseAnd(~(1 << UInt64(signal)), ordering: .acquiringAndReleasing)
    }

    /// Blocks until a signal has come; leaves it, and all others, to be taken.
    func wait(for signal: Int32) {
        while pending.load(ordering: .acquiring) & (1 << UInt64(signal)) == 0 {
            var ring = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            _ = poll(&ring, 1, -1)
            pipe.clear()
        }
    }

    /// Whether a signal that ends the screen waits; takes nothing.
    var hasEnding: Bool {
        let bits = pending.load(ordering: .acquiring)
        return Self.ending.contains { bits & (1 << UInt64($0)) != 0 }
    }
}
