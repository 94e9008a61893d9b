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
        let spawned = try SpawnedProgram(
            program, arguments,
            environment: environment.merging(plainEnvironment) { own, _ in own },
            input: input)
        let status = await spawned.status(within: patience)
        return ProgramRun(
            status: status ?? 128 + SIGKILL, output: spawned.outputText, errors: spawned.errorText)
    }

    /// What every program gets: no home with a configuration of its own.
    static let plainEnvironment = ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent"]

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
