import Foundation
import TestSupport

/// One run of the built binary, as a shell would see it.
struct ProgramRun: Sendable {
    var status: Int32
    var output: String
    var errors: String

    /// Runs it to its end.
    ///
    /// - Parameters:
    ///   - environment: all that it gets, besides a PATH and an empty HOME.
    ///   - patience: killed after that; its status is then that of SIGKILL.
    static func run(
        _ arguments: [String], environment: [String: String] = [:], input: String = "",
        patience: Duration = .seconds(60)
    ) async throws -> ProgramRun {
        try await run(
            PtyProcess.builtExecutable("syncconsole"), arguments, environment: environment,
            input: input, patience: patience)
    }

    /// A shell command in which `$syncconsole` is the binary.
    static func shell(
        _ command: String, environment: [String: String] = [:]
    ) async throws -> ProgramRun {
        let binary = PtyProcess.builtExecutable("syncconsole")
        return try await run(
            "/bin/bash", ["-c", command],
            environment: environment.merging(["syncconsole": binary]) { own, _ in own },
            input: "", patience: .seconds(60))
    }

    private static func run(
        _ program: String, _ arguments: [String], environment: [String: String], input: String,
        patience: Duration
    ) async throws -> ProgramRun {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let plain = ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent"]
        process.environment = environment.merging(plain) { own, _ in own }
        let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = stderr
        let ended = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = { ended.continuation.yield($0.terminationStatus) }
        try process.run()
        try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try stdin.fileHandleForWriting.close()
        let pid = process.processIdentifier
        let killer = Task {
            try await Task.sleep(for: patience)
            kill(pid, SIGKILL)
        }
        defer { killer.cancel() }
        async let output = everything(from: stdout)
        async let errors = everything(from: stderr)
        var status: Int32 = -1
        for await code in ended.stream {
            status = code
            break
        }
        return ProgramRun(status: status, output: await output, errors: await errors)
    }

    /// Read on a thread that may block.
    private static func everything(from pipe: Pipe) async -> String {
        let handle = pipe.fileHandleForReading
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                let bytes = (try? handle.readToEnd()) ?? nil
                continuation.resume(returning: String(decoding: bytes ?? Data(), as: UTF8.self))
            }
        }
    }

    /// The lines of standard error.
    var errorLines: [String] {
        errors.split(separator: "\n").map(String.init)
    }

    /// The output as JSON.
    func json() throws -> Any {
        try JSONSerialization.jsonObject(with: Data(output.utf8), options: .fragmentsAllowed)
    }

    /// The objects of a list.
    func rows() throws -> [[String: Any]] {
        try json() as? [[String: Any]] ?? []
    }

    /// The members of an object.
    func object() throws -> [String: Any] {
        try json() as? [String: Any] ?? [:]
    }
}
