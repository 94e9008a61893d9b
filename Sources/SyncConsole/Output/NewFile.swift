import Glibc

/// A file that must not exist yet, readable by its owner only.
struct NewFile: ~Copyable {
    private let path: String
    private let descriptor: Int32

    /// - Throws: `CommandError`: refused if it exists, failed if it cannot be made.
    init(_ path: String) throws(CommandError) {
        let opened = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard opened >= 0 else {
            if errno == EEXIST {
                throw CommandError(
                    .refused, "\(path) exists: move it away first, or name another file")
            }
            throw Self.failure(path)
        }
        self.path = path
        descriptor = opened
    }

    deinit {
        close(descriptor)
    }

    borrowing func append(_ bytes: [UInt8]) throws(CommandError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw Self.failure(path) }
            rest = rest.dropFirst(count)
        }
    }

    /// Writes a whole file, and makes the folders on the way to it.
    static func write(_ text: String, to path: String) throws(CommandError) {
        try makeFolders(above: path)
        try NewFile(path).append(Array(text.utf8))
    }

    /// Makes the folders on the way to `path`, as far as they are missing.
    static func makeFolders(above path: String) throws(CommandError) {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
        let folder = String(path[..<slash])
        if access(folder, F_OK) == 0 { return }
        try makeFolders(above: folder)
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw failure(folder) }
    }

    fileprivate static func failure(_ path: String) -> CommandError {
        CommandError(.failed, "\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
}
