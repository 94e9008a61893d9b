import Glibc
import Synchronization

/// Whether somebody has typed Ctrl-C, or asked this process to end, since it was made.
///
/// The first signal asks; a second one ends the process as it always does. One of them lives as long
/// as its command's process.
final class Interruption: Sendable {
    private let flag = Mutex(false)

    init() {
        let signals = TerminationSignals([SIGINT, SIGTERM])
        Task {
            while let number = await signals.next() {
                flag.withLock { $0 = true }
                signal(number, SIG_DFL)
            }
        }
    }

    var isSet: Bool { flag.withLock { $0 } }
}
