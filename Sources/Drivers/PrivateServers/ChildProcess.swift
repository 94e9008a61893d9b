import FoundationEssentials
import Glibc

/// A process started by us, in a session of its own: Ctrl-C at the terminal does not reach it.
package struct ChildProcess: Sendable {
    package let pid: pid_t

    /// Nothing of our own environment: PG… variables, locales, secrets.
    private static let plainEnvironment = ["PATH=/usr/bin:/bin", "LC_ALL=C", "TZ=UTC"]

    /// Spawns a program.
    ///
    /// - Parameters:
    ///   - command: the path of the program and its arguments.
    ///   - environment: `NAME=value`, besides a path and the C locale; nothing is inherited.
    ///   - log: the file that its output is appended to.
    package static func spawn(
        _ command: [String], environment: [String] = [], log: String
    ) throws(PrivateServerError) -> ChildProcess {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        // Sockets of ours that are not marked close-on-exec must not live on in the server.
        for descriptor in Self.openDescriptors() where descriptor > 2 {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        // POSIX_SPAWN_SETSID, a GNU name that the Glibc module does not show.
        let newSession: Int32 = 0x80
        let flags = Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF) | newSession
        posix_spawnattr_setflags(&attributes, Int16(flags))

        let arguments = command.map { strdup($0) } + [nil]
        let variables = (environment + Self.plainEnvironment).map { strdup($0) } + [nil]
        defer { for string in arguments + variables { free(string) } }
        var pid: pid_t = 0
        let code = posix_spawn(
            &pid, command.first ?? "", &actions, &attributes, arguments, variables)
        guard code == 0 else {
            throw PrivateServerError(
                "Cannot run \(command.first ?? ""): \(String(cString: strerror(code))).")
        }
        return ChildProcess(pid: pid)
    }

    private static func openDescriptors() -> [Int32] {
        let entries = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        return (entries ?? []).compactMap { Int32($0) }
    }

    /// The exit status if the process has ended; it may be asked for once.
    package func exitStatus() -> Int32? {
        var status: Int32 = 0
        return waitpid(pid, &status, WNOHANG) == 0 ? nil : status
    }

    /// Blocks until the process has ended.
    ///
    /// - Returns: its exit status; nil if it still runs after the patience.
    package func wait(_ patience: Duration) -> Int32? {
        let end = ContinuousClock.now + patience
        while true {
            if let status = exitStatus() { return status }
            guard .now < end else { return nil }
            usleep(2_000)
        }
    }

    package func send(_ signal: Int32) {
        kill(pid, signal)
    }
}
