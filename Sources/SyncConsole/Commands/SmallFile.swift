import Glibc

/// Reads a payload from a file, or from standard input.
enum SmallFile {
    /// The longest payload that is taken.
    static let largestBytes = 16 << 20

    /// - Parameter path: `-` for standard input.
    static func read(_ path: String) throws(CommandError) -> [UInt8] {
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure(path)
            }
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= largestBytes else {
                throw CommandError(.failed, "\(path) is larger than 16 MB: that is no payload")
            }
        }
    }

    private static func failure(_ path: String) -> CommandError {
        CommandError(.failed, "\(path) cannot be read: \(String(cString: strerror(errno)))")
    }
}
