import Glibc

/// A temporary file that has no name: whatever happens to the process, nothing of it stays behind.
///
/// Written by one owner, at the end only; read from any thread.
final class SpillFile: Sendable {
    private let descriptor: Int32
    private let folder: String

    /// - Parameter folder: an existing folder that can be written.
    convenience init(in folder: String) throws(StagingError) {
        var name = Array((folder + "/syncconsole-XXXXXX").utf8CString)
        let descriptor = mkstemp(&name)
        guard descriptor >= 0 else { throw Self.failure(errno, folder) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        unlink(name)
        self.init(descriptor: descriptor, folder: folder)
    }

    /// Takes the descriptor over.
    init(descriptor: Int32, folder: String) {
        self.descriptor = descriptor
        self.folder = folder
    }

    deinit {
        close(descriptor)
    }

    /// Writes all of the bytes at an offset.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(StagingError) {
        var written = 0
        while written < bytes.count {
            let count = pwrite(
                descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written,
                off_t(offset) + off_t(written))
            if count > 0 {
                written += count
            } else if count == 0 || errno != EINTR {
                throw Self.failure(count == 0 ? ENOSPC : errno, folder)
            }
        }
    }

    /// Fills the buffer from an offset.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(StagingError) {
        var filled = 0
        while filled < buffer.count {
            let count = pread(
                descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled,
                off_t(offset) + off_t(filled))
            if count > 0 {
                filled += count
            } else if count == 0 || errno != EINTR {
                throw StagingError.cannotRead(errno: count == 0 ? EIO : errno)
            }
        }
    }

    /// The first bytes of it as memory; it must not be written any more.
    func mapped(byteCount: Int) throws(StagingError) -> MappedBytes {
        try MappedBytes(descriptor: descriptor, byteCount: byteCount)
    }

    private static func failure(_ number: Int32, _ folder: String) -> StagingError {
        switch number {
        case ENOSPC, EDQUOT, EFBIG: .diskFull(folder: folder)
        default: .cannotWrite(folder: folder, errno: number)
        }
    }
}
