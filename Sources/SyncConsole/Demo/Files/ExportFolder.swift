import Glibc

/// The folder into which the exporting system writes its files.
struct ExportFolder: Sendable {
    let path: String

    /// Makes the folder.
    init(in parent: String) throws(ExportError) {
        path = parent + "/exports"
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw ExportError(path) }
    }

    /// Writes a file under another name and renames it when it is complete; its time is that of
    /// the export.
    func write(_ file: ExportFile) throws(ExportError) {
        let whole = "\(path)/\(file.name)"
        let part = whole + ".part"
        let descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw ExportError(part) }
        defer { close(descriptor) }
        var rest = file.bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw ExportError(part) }
            rest = rest.dropFirst(count)
        }
        let time = timespec(
            tv_sec: Int(file.exportedAt / 1_000), tv_nsec: Int(file.exportedAt % 1_000) * 1_000_000)
        guard futimens(descriptor, [time, time]) == 0, rename(part, whole) == 0 else {
            throw ExportError(part)
        }
    }
}

/// A file of the demo that cannot be written.
struct ExportError: Error, CustomStringConvertible {
    let description: String

    /// From `errno`.
    init(_ path: String) {
        description = "\(path) cannot be written: \(String(cString: strerror(errno)))"
    }
}
