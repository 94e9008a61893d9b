import Dispatch
import Glibc

/// Lets a person change some bytes in their own editor.
enum TextEditor {
    /// The bytes as they were saved.
    ///
    /// - Throws: `CommandError` if there is no terminal, or the editor ends with an error.
    static func edit(
        _ bytes: [UInt8], named name: String, variables: [String: String]
    ) async throws -> [UInt8] {
        guard OutputTerminal.isInteractive else {
            throw CommandError(
                .usage, "there is no terminal to edit in: pass the new payload with --payload FILE")
        }
        let editor =
            ["VISUAL", "EDITOR"].compactMap { variables[$0] }.first { !$0.isEmpty } ?? "vi"
        let folder = variables["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        let path = try writeTemporary(bytes, in: folder, named: name)
        defer { unlink(path) }
        let status = await run("\(editor) \"$1\"", argument: path)
        guard status == 0 else {
            throw CommandError(
                .failed, "the editor '\(editor)' ended with \(status): nothing was done")
        }
        return try SmallFile.read(path)
    }

    /// A new file with mode 0600: payloads may hold what others must not read.
    private static func writeTemporary(
        _ bytes: [UInt8], in folder: String, named name: String
    ) throws(CommandError) -> String {
        let path = "\(folder)/\(name)-\(UInt32.random(in: 0 ... .max)).json"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw CommandError(
                .failed, "\(path) cannot be made: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else {
                unlink(path)
                throw CommandError(
                    .failed, "\(path) cannot be written: \(String(cString: strerror(errno)))")
            }
            rest = rest.dropFirst(count)
        }
        return path
    }

    /// Runs a shell command in the foreground; the shell's exit status, or 128 and more.
    private static func run(_ command: String, argument: String) async -> Int32 {
        // Waiting blocks; the pool's few threads are not for that.
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(returning: spawnAndWait(command, argument: argument))
            }
        }
    }

    private static func spawnAndWait(_ command: String, argument: String) -> Int32 {
        // The editor gets the interrupts that are typed; it must not find them ignored, nor SIGPIPE.
        let interrupt = signal(SIGINT, SIG_IGN)
        let quit = signal(SIGQUIT, SIG_IGN)
        defer {
            signal(SIGINT, interrupt)
            signal(SIGQUIT, quit)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var defaults = sigset_t()
        sigemptyset(&defaults)
        for number in [SIGINT, SIGQUIT, SIGPIPE] { sigaddset(&defaults, number) }
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

        let words = ["sh", "-c", command, "sh", argument]
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        arguments.append(nil)
        defer { for argument in arguments { free(argument) } }
        var child: pid_t = 0
        guard posix_spawn(&child, "/bin/sh", nil, &attributes, arguments, environ) == 0 else {
            return 127
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else { return 127 }
        }
        // WIFEXITED and WEXITSTATUS, which are macros.
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    }
}
