import Glibc
import Probes
import SyncEngine
import Synchronization

/// Writes log lines to standard error or to a bounded file. Any thread may call it.
///
/// A file that has grown to its bound is renamed to `NAME.1`, over the one before, and begun anew:
/// the log never takes more than twice the bound. Several processes may share one file.
final class LogWriter: Sendable {
    private struct Target {
        var descriptor: Int32
        var bytes: Int
    }

    private let path: String?
    private let format: LogLine.Format
    private let leastLevel: EngineLog.Level
    private let largestBytes: Int
    private let target: Mutex<Target>

    /// To standard error.
    init(leastLevel: EngineLog.Level, format: LogLine.Format = .text) {
        path = nil
        self.format = format
        self.leastLevel = leastLevel
        largestBytes = .max
        target = Mutex(Target(descriptor: STDERR_FILENO, bytes: 0))
    }

    /// To a file, which is made, with the folders above it, if it is not there.
    ///
    /// - Throws: `CommandError` if it cannot be written.
    init(
        path: String, leastLevel: EngineLog.Level, format: LogLine.Format = .text,
        largestBytes: Int = 10_000_000
    ) throws(CommandError) {
        try NewFile.makeFolders(above: path)
        guard let opened = Self.open(path) else {
            throw CommandError(
                .failed,
                "the log \(path) cannot be written: \(String(cString: strerror(errno)));"
                    + " set log.file to a path that can")
        }
        self.path = path
        self.format = format
        self.leastLevel = leastLevel
        self.largestBytes = largestBytes
        target = Mutex(opened)
    }

    deinit {
        if path != nil { _ = target.withLock { close($0.descriptor) } }
    }

    var engineLog: EngineLog {
        EngineLog(leastLevel: leastLevel) { level, part, message, fields in
            self.write(level, part: part, message: message, fields: fields)
        }
    }

    func write(
        _ level: EngineLog.Level, part: String, message: String, fields: LogFields = [:]
    ) {
        guard level >= leastLevel else { return }
        let text = LogLine.line(
            format, level, part: part, message: message, fields: fields, at: .now)
        let line = Array(text.utf8)
        target.withLock { target in
            if target.bytes + line.count > largestBytes { turnOver(&target) }
            // One write(2) a line: with O_APPEND the lines of several processes do not mix. What
            // cannot be written is lost; a full disk must not stop the engine.
            let count = line.withUnsafeBytes {
                Glibc.write(target.descriptor, $0.baseAddress, $0.count)
            }
            if count > 0 { target.bytes += count }
        }
    }

    private func turnOver(_ target: inout Target) {
        guard let path else { return }
        // Somebody who shares the file may have renamed it already: then only follow.
        if Self.isStill(target.descriptor, at: path) { rename(path, path + ".1") }
        guard let opened = Self.open(path) else { return }
        close(target.descriptor)
        target = opened
    }

    private static func open(_ path: String) -> Target? {
        let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return nil }
        var status = stat()
        let bytes = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
        return Target(descriptor: descriptor, bytes: bytes)
    }

    private static func isStill(_ descriptor: Int32, at path: String) -> Bool {
        var open = stat()
        var named = stat()
        return fstat(descriptor, &open) == 0 && stat(path, &named) == 0
            && open.st_ino == named.st_ino && open.st_dev == named.st_dev
    }
}
