import Glibc

/// Writes a file that must not exist yet, readable by its owner only.
enum NewFile {
    /// - Throws: `CommandError`: refused if it exists, failed if it cannot be written.
    static func write(_ text: String, to path: String) throws(CommandError) {
        try makeFolders(above: path)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            if errno == EEXIST {
                throw CommandError(
                    .refused, "\(path) exists: move it away first, or name another with --config")
            }
            throw failure(path)
        }
        defer { close(descriptor) }
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw failure(path) }
            bytes = bytes.dropFirst(count)
        }
    }

    /// Makes the folders on the way to `path`, as far as they are missing.
    static func makeFolders(above path: String) throws(CommandError) {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
        let folder = String(path[..<slash])
        if access(folder, F_OK) == 0 { return }
        try makeFolders(above: folder)
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw failure(folder) }
    }

    private static func failure(_ path: String) -> CommandError {
        CommandError(.failed, "\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
}
