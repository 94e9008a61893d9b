import CPostgres
import Glibc

/// A Linux event descriptor: one thread raises it, another waits for it in `poll`.
///
/// Every method may be called from any thread. The descriptor is closed by `deinit`, so whoever
/// polls it keeps a reference.
package final class EventDescriptor: Sendable {
    /// The number to put into a `pollfd`; -1 if the process is out of descriptors, which `poll`
    /// then ignores (waits end by their timeouts).
    package let number: Int32

    package init() {
        number = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    }

    deinit {
        if number >= 0 { close(number) }
    }

    /// Makes the descriptor readable until somebody clears it.
    package func raise() {
        var one: UInt64 = 1
        _ = write(number, &one, MemoryLayout<UInt64>.size)
    }

    package func clear() {
        var count: UInt64 = 0
        _ = read(number, &count, MemoryLayout<UInt64>.size)
    }

    /// Blocks the calling thread until the descriptor is raised.
    ///
    /// - Parameter milliseconds: how long to wait; negative means for ever.
    /// - Returns: whether it was raised.
    package func wait(milliseconds: Int32 = -1) -> Bool {
        // Out of descriptors: look again soon instead of never.
        let patience = number < 0 ? 1 : milliseconds
        var entry = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, patience) > 0 || number < 0
    }
}
