import Glibc
import Hashing
import Synchronization

/// A nameless file that an object is copied into: nobody else can open it, and it is gone when the
/// process is, whatever ends it.
final class CopyFile: Sendable {
    private struct State {
        var writtenBytes: Int64 = 0
        var crc = CRC32C()
        var isOwner = true
    }

    let sizeBytes: Int64
    let descriptor: Int32
    private let folder: String
    private let state = Mutex(State())

    /// Makes the file, and sees to it that there is room for all of it. Blocks on the disk.
    convenience init(in folder: String, sizeBytes: Int64) throws(ObjectStoreError) {
        try Self.checkRoom(in: folder, sizeBytes)
        let file = try Self.open(in: folder)
        let code = sizeBytes > 0 ? posix_fallocate(file.descriptor, 0, off_t(sizeBytes)) : 0
        // A file system that cannot reserve says so, and is written to without.
        guard code == 0 || code == EINVAL || code == EOPNOTSUPP else {
            throw Self.failure(code, folder, sizeBytes)
        }
        self.init(owning: file.release(), folder: folder, sizeBytes: sizeBytes)
    }

    init(owning descriptor: Int32, folder: String, sizeBytes: Int64) {
        self.descriptor = descriptor
        self.folder = folder
        self.sizeBytes = sizeBytes
    }

    var writtenBytes: Int64 { state.withLock { $0.writtenBytes } }
    /// Of what was written so far.
    var crc32c: UInt32 { state.withLock { $0.crc.value } }

    /// Writes the next bytes; there may not be more than the size that was asked for.
    ///
    /// - Returns: how many bytes are there now.
    func append(_ bytes: UnsafeRawBufferPointer) throws(ObjectStoreError) -> Int64 {
        let (position, room) = state.withLock { ($0.writtenBytes, sizeBytes - $0.writtenBytes) }
        guard bytes.count <= room else {
            throw ObjectStoreError(
                .changed, "More than the object's \(sizeBytes) bytes came: start again.")
        }
        var offset = 0
        while offset < bytes.count {
            let count = pwrite(
                descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset,
                off_t(position) + off_t(offset))
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else {
                throw Self.failure(count == 0 ? ENOSPC : errno, folder, sizeBytes)
            }
            offset += count
        }
        return state.withLock { state in
            state.crc.update(bytes)
            state.writtenBytes += Int64(bytes.count)
            return state.writtenBytes
        }
    }

    /// Starts over.
    func rewind() {
        state.withLock { state in
            state.writtenBytes = 0
            state.crc = CRC32C()
        }
    }

    /// The complete copy; this value is of no use afterwards.
    func pin(_ version: ObjectVersion) throws(ObjectStoreError) -> PinnedFile {
        state.withLock { $0.isOwner = false }
        return try PinnedFile(descriptor: descriptor, version: version)
    }

    deinit {
        if state.withLock({ $0.isOwner }) { close(descriptor) }
    }
}

// MARK: The disk

extension CopyFile {
    private static func open(in folder: String) throws(ObjectStoreError) -> OpenFile {
        let nameless = Glibc.open(folder, OpenFile.nameless | O_RDWR | O_CLOEXEC, 0o600)
        if nameless >= 0 { return OpenFile(owning: nameless) }
        // Not every file system can (NFS, older overlays): then with a name, for an instant.
        guard errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL else {
            throw failure(errno, folder, 0)
        }
        let path = "\(folder)/.syncconsole-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
        let named = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard named >= 0 else { throw failure(errno, folder, 0) }
        unlink(path)
        return OpenFile(owning: named)
    }

    private static func checkRoom(
        in folder: String, _ sizeBytes: Int64
    ) throws(ObjectStoreError) {
        var room = statvfs()
        guard statvfs(folder, &room) == 0 else { throw failure(errno, folder, sizeBytes) }
        let (free, overflow) = UInt64(room.f_bavail).multipliedReportingOverflow(
            by: UInt64(room.f_frsize))
        guard overflow || free >= UInt64(clamping: sizeBytes) else {
            throw failure(ENOSPC, folder, sizeBytes)
        }
    }

    private static func failure(
        _ code: Int32, _ folder: String, _ sizeBytes: Int64
    ) -> ObjectStoreError {
        switch code {
        case ENOSPC, EDQUOT, EFBIG:
            return ObjectStoreError(
                .noSpace(folder: folder, neededBytes: sizeBytes),
                "\(folder) has no room for a copy of \(sizeBytes) bytes: free some, or configure "
                    + "another folder for copies.")
        case EIO:
            return ObjectStoreError(EIO, folder)
        default:
            return ObjectStoreError(
                .misconfigured,
                "No copy can be written in \(folder) (\(String(cString: strerror(code)))): make "
                    + "it a folder that this user may write, or configure another one.")
        }
    }
}
