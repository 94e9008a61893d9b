import FoundationEssentials
import Glibc

/// What `/proc` says about processes.
enum ProcessTable {
    /// A process that cannot be mistaken for a later one with the same number.
    struct Identity: Equatable, Sendable {
        let pid: pid_t
        /// In clock ticks since the machine's boot.
        let startTicks: UInt64
    }

    /// Nil if there is no such process.
    static func identity(of pid: pid_t) -> Identity? {
        guard let ticks = fields(of: pid).flatMap({ $0.count > 19 ? UInt64($0[19]) : nil }) else {
            return nil
        }
        return Identity(pid: pid, startTicks: ticks)
    }

    static func parent(of pid: pid_t) -> pid_t? {
        fields(of: pid).flatMap { $0.count > 1 ? pid_t($0[1]) : nil }
    }

    /// The state letter: `T` for stopped, `Z` for a zombie.
    static func state(of pid: pid_t) -> Character? {
        fields(of: pid)?.first?.first
    }

    static func arguments(of pid: pid_t) -> [String] {
        guard let bytes = read("/proc/\(pid)/cmdline") else { return [] }
        return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    static func children(of pid: pid_t) -> [pid_t] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap { pid_t($0) }.filter { parent(of: $0) == pid }
    }

    /// The fields of `/proc/PID/stat` behind the name, which may hold spaces and parentheses:
    /// state, parent, …; the start time is the twentieth (proc(5), field 22).
    private static func fields(of pid: pid_t) -> [Substring]? {
        guard let bytes = read("/proc/\(pid)/stat") else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.lastIndex(of: ")") else { return nil }
        return text[text.index(after: end)...].split(separator: " ")
    }

    private static func read(_ path: String) -> [UInt8]? {
        // Files of /proc have no size to go by: read to the end.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
    }
}
