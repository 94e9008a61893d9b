import Glibc

/// A descriptor with one owner.
struct OpenFile: ~Copyable {
    /// `O_PATH`, a GNU name that the Glibc module does not show: only names the file, so that
    /// looking at a FIFO or a device neither blocks nor touches it.
    static let nameOnly: Int32 = 0o10000000
    /// `O_TMPFILE`, likewise: a file without a name.
    static let nameless: Int32 = 0o20000000 | O_DIRECTORY

    let descriptor: Int32

    /// Opens a path, and closes it in the end.
    init(
        _ path: String, flags: Int32, location: String? = nil
    ) throws(ObjectStoreError) {
        descriptor = open(path, flags | O_CLOEXEC)
        guard descriptor >= 0 else { throw ObjectStoreError(errno, location ?? path) }
    }

    /// Opens a name in a folder.
    init(
        _ name: String, in folder: borrowing OpenFile, flags: Int32, location: String
    ) throws(ObjectStoreError) {
        descriptor = openat(folder.descriptor, name, flags | O_CLOEXEC)
        guard descriptor >= 0 else { throw ObjectStoreError(errno, location) }
    }

    init(owning descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Asked here, where the descriptor cannot be closed before the answer: a value of this type may
    /// end with its last use.
    func identity(location: String) throws(ObjectStoreError) -> FileIdentity {
        try FileIdentity(of: descriptor, location: location)
    }

    /// Hands the descriptor over to the caller.
    consuming func release() -> Int32 {
        let descriptor = descriptor
        discard self
        return descriptor
    }

    /// Where the kernel says it is, all symbolic links resolved.
    func realPath(location: String) throws(ObjectStoreError) -> String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/fd/\(descriptor)", &buffer, buffer.count)
        guard count > 0 else { throw ObjectStoreError(errno, location) }
        return String(decoding: buffer[..<count], as: UTF8.self)
    }
}
