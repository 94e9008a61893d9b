import Glibc

/// A pipe that makes `poll` return: any thread, and any signal handler, rings; the screen's thread
/// clears. Rings that come together count as one.
final class WakePipe: Sendable {
    /// Readable after a ring.
    let descriptor: Int32
    private let writeDescriptor: Int32

    /// Throws `ScreenError.system` if the process has no file descriptor left.
    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw ScreenError.system(call: "pipe", errno: errno) }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        descriptor = ends[0]
        writeDescriptor = ends[1]
    }

    deinit {
        close(descriptor)
        close(writeDescriptor)
    }

    /// Never blocks: a full pipe rings already.
    func ring() {
        let saved = errno
        var byte: UInt8 = 1
        _ = write(writeDescriptor, &byte, 1)
        errno = saved
    }

    func clear() {
        withUnsafeTemporaryAllocation(byteCount: 256, alignment: 1) { buffer in
            while read(descriptor, buffer.baseAddress, buffer.count) == buffer.count {}
        }
    }
}
