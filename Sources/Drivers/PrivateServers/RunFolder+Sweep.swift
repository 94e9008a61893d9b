import FoundationEssentials
import Glibc

extension RunFolder {
    /// A folder younger than this may be just about to be locked.
    private static let settlingSeconds = 10

    /// Removes the folders of runs that were killed, and stops servers that they left.
    ///
    /// Only folders of the calling user, whose lock nobody holds; and only a process that was
    /// noted there, with the same start time, and that has the folder in its command line. Blocks,
    /// up to some seconds for each server that must be stopped.
    ///
    /// - Returns: the paths of the folders that were removed.
    @discardableResult
    package static func sweep(in parent: String = RunFolder.defaultParent) -> [String] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        return entries.filter { $0.hasPrefix(prefix) }.map { "\(parent)/\($0)" }.filter(
            sweep(folder:))
    }

    private static func sweep(folder: String) -> Bool {
        var status = stat()
        guard lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR,
            status.st_uid == geteuid()
        else { return false }
        let isSettling = time(nil) - status.st_ctim.tv_sec <= settlingSeconds
        let lock = open("\(folder)/\(lockName)", O_RDWR | O_CLOEXEC | O_NOFOLLOW)
        guard lock >= 0 else {
            guard errno == ENOENT, !isSettling else { return false }
            return remove(folder)
        }
        defer { close(lock) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else { return false }
        if let server = notedServer(lock) {
            stop(server, of: folder)
        } else if isSettling {
            return false
        }
        return remove(folder)
    }

    private static func notedServer(_ lock: Int32) -> ProcessTable.Identity? {
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = pread(lock, &buffer, buffer.count, 0)
        let words = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
            .split { $0 == " " || $0 == "\n" }
        guard words.count == 2, let pid = pid_t(words[0]), let ticks = UInt64(words[1]), pid > 1
        else { return nil }
        return ProcessTable.Identity(pid: pid, startTicks: ticks)
    }

    private static func stop(_ server: ProcessTable.Identity, of folder: String) {
        func isThere() -> Bool {
            ProcessTable.identity(of: server.pid) == server
                && ProcessTable.state(of: server.pid) != "Z"
                && ProcessTable.arguments(of: server.pid).contains { $0.hasPrefix(folder + "/") }
        }
        for (signal, patience) in [(SIGQUIT, 200), (SIGKILL, 400)] {
            guard isThere() else { return }
            let processes = ProcessTable.children(of: server.pid) + [server.pid]
            for process in processes {
                kill(process, signal)
                // One that was frozen takes no signal but SIGKILL until it goes on.
                kill(process, SIGCONT)
            }
            for _ in 0..<patience where isThere() { usleep(10_000) }
        }
    }

    private static func remove(_ folder: String) -> Bool {
        (try? FileManager.default.removeItem(atPath: folder)) != nil
    }
}
