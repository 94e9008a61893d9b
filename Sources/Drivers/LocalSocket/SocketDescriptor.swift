import Glibc

/// Owns a descriptor of a local stream socket, which does not block. Closed with this value.
final class SocketDescriptor: Sendable {
    let number: Int32

    init() throws(LocalSocketError) {
        number = socket(
            AF_UNIX,
            Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
                | Int32(SOCK_NONBLOCK.rawValue), 0)
        guard number >= 0 else { throw LocalSocketError("no socket") }
    }

    init(owning number: Int32) {
        self.number = number
    }

    deinit { close(number) }

    /// Calls `body` with the path as an address. The path is known to fit.
    static func withAddress<Value>(
        _ path: LocalSocketPath, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Value
    ) -> Value {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.path.utf8)) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    func connect(to path: LocalSocketPath) throws(LocalSocketError) {
        let result = Self.withAddress(path) { Glibc.connect(number, $0, $1) }
        guard result == 0 else { throw LocalSocketError("cannot connect to \(path.path)") }
    }

    /// Waits until one of `events` is there; false when the time is over.
    func wait(for events: Int32, until end: ContinuousClock.Instant) -> Bool {
        while true {
            let left = ContinuousClock.now.duration(to: end)
            guard left > .zero else { return false }
            var entry = pollfd(fd: number, events: Int16(events), revents: 0)
            let milliseconds = Int32(min(left / .milliseconds(1) + 1, 60_000))
            let count = poll(&entry, 1, milliseconds)
            if count > 0 { return true }
            if count < 0, errno != EINTR { return false }
        }
    }

    /// Reads until `isWhole`, the end of the stream, the bound or the time; blocks.
    ///
    /// - Throws: when the bound or the time is exceeded.
    func read(
        atMost limit: Int, until end: ContinuousClock.Instant, isWhole: ([UInt8]) -> Bool
    ) throws(LocalSocketError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while !isWhole(bytes) {
            let count = recv(number, &chunk, chunk.count, 0)
            if count == 0 { return bytes }
            if count > 0 {
                bytes += chunk[..<count]
                guard bytes.count <= limit else {
                    throw LocalSocketError("more than \(limit) bytes came", number: 0)
                }
            } else if errno == EAGAIN {
                guard wait(for: Int32(POLLIN), until: end) else {
                    throw LocalSocketError("nothing came in time", number: 0)
                }
            } else if errno != EINTR {
                throw LocalSocketError("cannot read")
            }
        }
        return bytes
    }

    /// Writes all of it; blocks.
    func write(_ bytes: [UInt8], until end: ContinuousClock.Instant) throws(LocalSocketError) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                send(
                    number, $0.baseAddress?.advanced(by: sent), $0.count - sent, Int32(MSG_NOSIGNAL)
                )
            }
            if count >= 0 {
                sent += count
            } else if errno == EAGAIN {
                guard wait(for: Int32(POLLOUT), until: end) else {
                    throw LocalSocketError("nothing was taken in time", number: 0)
                }
            } else if errno != EINTR {
                throw LocalSocketError("cannot write")
            }
        }
    }
}
