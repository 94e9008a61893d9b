import Glibc

/// Why a frame did not reach the terminal.
enum TerminalWriteError: Error {
    /// The terminal is gone.
    case gone
    /// The terminal takes no more output and a signal wants the screen to end.
    case interrupted
    /// The terminal took no more output within the time given.
    case stuck
}

/// Brings bytes to the terminal: one write(2) a frame, unless the terminal takes it in parts.
final class TerminalWriter {
    private let device: TerminalDevice
    private let signals: SignalInbox
    private(set) var writes = 0
    private(set) var bytes = 0

    init(device: TerminalDevice, signals: SignalInbox) {
        self.device = device
        self.signals = signals
    }

    /// Writes everything, waiting while the terminal takes nothing.
    ///
    /// - Parameter patience: `nil` waits until an ending signal comes; otherwise how long to wait,
    ///   whatever signals come: for giving the terminal back.
    func write(_ frame: [UInt8], patience: Duration? = nil) throws(TerminalWriteError) {
        guard !frame.isEmpty else { return }
        let end = patience.map { ContinuousClock.now + $0 }
        var done = 0
        while done < frame.count {
            if TerminalGuard.hasCrashed { throw .gone }
            let written = frame.withUnsafeBytes {
                Glibc.write(device.descriptor, $0.baseAddress?.advanced(by: done), $0.count - done)
            }
            if written >= 0 {
                writes += 1
                bytes += written
                done += written
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN:
                if let end, ContinuousClock.now >= end { throw .stuck }
                if end == nil, signals.hasEnding { throw .interrupted }
                var wait = pollfd(fd: device.descriptor, events: Int16(POLLOUT), revents: 0)
                // Short, because an ending signal does not wake this poll.
                _ = poll(&wait, 1, 100)
                if Int32(wait.revents) & (POLLERR | POLLHUP | POLLNVAL) != 0 { throw .gone }
            default: throw .gone
            }
        }
    }
}
