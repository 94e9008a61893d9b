import Glibc

/// An open file that is read where it is asked to be. From any thread.
package final class SourceFile: Sendable {
    private let descriptor: Int32

    /// - Parameter descriptor: of a file that can be read at any offset; duplicated, so the caller
    ///   closes its own.
    package init(descriptor: Int32) throws(StagingError) {
        let own = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard own >= 0 else { throw StagingError.cannotRead(errno: errno) }
        self.descriptor = own
        posix_fadvise(own, 0, 0, POSIX_FADV_SEQUENTIAL)
    }

    package convenience init(path: String) throws(StagingError) {
        let opened = open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { throw StagingError.cannotRead(errno: errno) }
        defer { close(opened) }
        try self.init(descriptor: opened)
    }

    deinit {
        close(descriptor)
    }

    /// As many bytes as there are, up to the buffer's; 0 at the end of the file.
    func read(
        into buffer: UnsafeMutableRawBufferPointer, at offset: Int64
    ) throws(StagingError) -> Int {
        while true {
            let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
            if count >= 0 { return count }
            guard errno == EINTR else { throw StagingError.cannotRead(errno: errno) }
        }
    }

    /// A part of the file, shorter if the file ends before.
    func bytes(at offset: Int64, count: Int) throws(StagingError) -> [UInt8] {
        var failure: StagingError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            do throws(StagingError) {
                while filled < count {
                    let free = UnsafeMutableBufferPointer(rebasing: buffer[filled...])
                    let more = try read(
                        into: UnsafeMutableRawBufferPointer(free),
                        at: offset + Int64(filled))
                    if more == 0 { break }
                    filled += more
                }
            } catch { failure = error }
        }
        if let failure { throw failure }
        return bytes
    }
}
