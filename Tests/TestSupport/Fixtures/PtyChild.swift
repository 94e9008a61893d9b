import CVterm
import Glibc

/// A child process on a pseudo-terminal of its own: leader of a new session, the terminal its
/// controlling one, as a shell would find it after a login.
struct PtyChild {
    enum Failure: Error {
        case system(call: String, errno: Int32)
    }

    /// The terminal's other side: what is written here is typed.
    let controller: Int32
    let pid: pid_t

    init(
        executable: String, arguments: [String], environment: [String: String], rows: Int,
        columns: Int
    ) throws {
        controller = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard controller >= 0, grantpt(controller) == 0, unlockpt(controller) == 0 else {
            throw Failure.system(call: "posix_openpt", errno: errno)
        }
        var name: [CChar] = Array(repeating: 0, count: 128)
        guard ptsname_r(controller, &name, name.count) == 0 else {
            throw Failure.system(call: "ptsname_r", errno: errno)
        }
        Self.resize(controller, rows: rows, columns: columns)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // Opened by a session leader without a terminal, it becomes the controlling one.
        posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        let newSession: Int32 = 0x80
        posix_spawnattr_setflags(
            &attributes,
            Int16(newSession | Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)))
        var pid: pid_t = 0
        var argv = ([executable] + arguments).map { strdup($0) } + [nil]
        var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for string in argv + envp { free(string) } }
        let failed = posix_spawn(&pid, executable, &actions, &attributes, &argv, &envp)
        guard failed == 0 else {
            close(controller)
            throw Failure.system(call: "posix_spawn", errno: failed)
        }
        self.pid = pid
    }

    static func resize(_ controller: Int32, rows: Int, columns: Int) {
        var size = winsize(
            ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(controller, UInt(TIOCSWINSZ), &size)
    }
}
