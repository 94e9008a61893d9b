import Synchronization

/// Wakes the screen from any thread, after something was put into a box or a ring.
///
/// Wake-ups that come before the screen has looked count as one and cost no system call.
package final class ScreenWaker: Sendable {
    private let pipe: WakePipe
    private let isPending = Atomic<Bool>(false)

    /// Throws `ScreenError.system` if the process has no file descriptor left.
    package init() throws { pipe = try WakePipe() }

    /// Readable while a wake-up waits.
    var descriptor: Int32 { pipe.descriptor }

    /// Makes the screen's application see `.woken` soon. Any thread, never blocks.
    package func wake() {
        guard !isPending.exchange(true, ordering: .acquiringAndReleasing) else { return }
        pipe.ring()
    }

    /// Takes the wake-up; false if there is none. What was put before it is visible from here on.
    func take() -> Bool {
        pipe.clear()
        return isPending.exchange(false, ordering: .acquiringAndReleasing)
    }
}
