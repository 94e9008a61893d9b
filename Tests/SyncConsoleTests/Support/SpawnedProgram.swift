import Glibc
import TestSupport

/// A program with files in the place of its standard descriptors: nothing to drain, nothing to
/// block. Killed with this value.
///
/// (Foundation's `Process` crashed now and then when many tests started programs at once.)
final class SpawnedProgram: Sendable {
    let pid: pid_t
    private let output: Int32
    private let errors: Int32

    /// - Parameter environment: all that it gets.
    init(
        _ program: String, _ arguments: [String], environment: [String: String], input: String = ""
    ) throws {
        let standardInput = try Self.unnamedFile()
        output = try Self.unnamedFile()
        errors = try Self.unnamedFile()
        defer { close(standardInput) }
        let bytes = Array(input.utf8)
        guard write(standardInput, bytes, bytes.count) == bytes.count else { throw Failure() }
        lseek(standardInput, 0, SEEK_SET)

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (descriptor, number) in [(standardInput, 0), (output, 1), (errors, 2)] {
            posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))

        let words = ([program] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for string in words + variables { free(string) } }
        var child: pid_t = 0
        guard posix_spawn(&child, program, &actions, &attributes, words, variables) == 0 else {
            throw Failure()
        }
        pid = child
    }

    deinit {
        // Either it has been reaped, and this finds nobody, or it is ours to end.
        if waitpid(pid, nil, WNOHANG) == 0 {
            kill(pid, SIGKILL)
            waitpid(pid, nil, 0)
        }
        close(output)
        close(errors)
    }

    struct Failure: Error {}

    /// Waits for its end: the exit status, or 128 and the signal; nil if it goes on.
    func status(within patience: Duration) async -> Int32? {
        var status: Int32 = 0
        let hasEnded = await eventually(within: patience) { [pid] in
            waitpid(pid, &status, WNOHANG) == pid
        }
        guard hasEnded else { return nil }
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    }

    var outputText: String { Self.text(of: output) }
    var errorText: String { Self.text(of: errors) }

    private static func unnamedFile() throws -> Int32 {
        let path = "/tmp/syncconsole-test-\(UInt64.random(in: 0 ... .max))"
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor > 2 else { throw Failure() }
        unlink(path)
        return descriptor
    }

    private static func text(of descriptor: Int32) -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            // The offset is shared with the program, which is writing: it must not be moved.
            let count = pread(descriptor, &chunk, chunk.count, off_t(bytes.count))
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk[..<count]
        }
    }
}
