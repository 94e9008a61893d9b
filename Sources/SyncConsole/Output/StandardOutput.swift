import Glibc

/// Standard output, written whole and at once.
///
/// A reader that goes away (`| head -1`) is no fault of ours: `Closed` ends the command quietly.
/// SIGPIPE must be ignored for that.
enum StandardOutput {
    /// Nobody reads any more.
    struct Closed: Error {}

    static func write(_ text: String) throws {
        try write(Array(text.utf8))
    }

    /// - Throws: `Closed`, or a `CommandError` where the output cannot take it (a full disk).
    static func write(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Glibc.write(
                    STDOUT_FILENO, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count >= 0 {
                    rest = rest.dropFirst(count)
                } else {
                    try handle(errno)
                }
            }
        }
    }

    private static func handle(_ code: Int32) throws {
        switch code {
        case EINTR: return
        case EAGAIN: waitUntilWritable()
        // EBADF: it was closed before we began (`>&-`).
        case EPIPE, EBADF: throw Closed()
        default:
            throw CommandError(
                .failed,
                "standard output cannot be written: \(String(cString: strerror(code)))")
        }
    }

    /// Somebody else made the pipe non-blocking.
    private static func waitUntilWritable() {
        var descriptor = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
        _ = poll(&descriptor, 1, 1_000)
    }
}
