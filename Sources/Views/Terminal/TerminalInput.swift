import Glibc

/// Reads the terminal's bytes, and notices when it is gone.
struct TerminalInput {
    enum Reading {
        case bytes([UInt8])
        case nothing
        case gone
    }

    let descriptor: Int32

    /// Takes what is there, at most 64 KiB. Call it when `poll` says that there is something.
    ///
    /// The end of the file and every lasting error mean that the terminal is gone: to poll on would
    /// return at once, forever.
    func read() -> Reading {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        if count > 0 { return .bytes(Array(buffer[..<count])) }
        if count < 0, errno == EAGAIN || errno == EINTR { return hasHungUp ? .gone : .nothing }
        return .gone
    }

    private var hasHungUp: Bool {
        var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&state, 1, 0)
        return Int32(state.revents) & (POLLHUP | POLLERR | POLLNVAL) != 0
    }
}
