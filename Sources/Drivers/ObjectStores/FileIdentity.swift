import Glibc

/// What tells two states of a local file apart.
struct FileIdentity: Equatable {
    let device: UInt64
    let inode: UInt64
    let sizeBytes: Int64
    let modifiedSeconds: Int64
    let modifiedNanoseconds: Int64
    let isRegular: Bool
    let isFolder: Bool

    init(_ status: stat) {
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        sizeBytes = Int64(status.st_size)
        modifiedSeconds = Int64(status.st_mtim.tv_sec)
        modifiedNanoseconds = Int64(status.st_mtim.tv_nsec)
        isRegular = status.st_mode & S_IFMT == S_IFREG
        isFolder = status.st_mode & S_IFMT == S_IFDIR
    }

    init(of descriptor: Int32, location: String) throws(ObjectStoreError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw ObjectStoreError(errno, location) }
        self.init(status)
    }

    /// `inode:size:mtime`, the time in nanoseconds since 1970.
    var generation: String {
        let nanoseconds = modifiedSeconds.multipliedReportingOverflow(by: 1_000_000_000)
        return "\(inode):\(sizeBytes):\(nanoseconds.partialValue &+ modifiedNanoseconds)"
    }

    /// Microseconds since 1970.
    var modifiedAt: Int64 {
        let limit = Int64.max / 1_000_000 - 1
        return max(-limit, min(limit, modifiedSeconds)) * 1_000_000 + modifiedNanoseconds / 1_000
    }
}
