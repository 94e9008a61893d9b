import Glibc
import TestSupport

/// A long-running command of the built binary, ended with this value.
final class ServerProcess: Sendable {
    private let program: SpawnedProgram

    init(_ arguments: [String], environment: [String: String] = [:]) throws {
        program = try SpawnedProgram(
            PtyProcess.builtExecutable("syncconsole"), arguments,
            environment: environment.merging(ProgramRun.plainEnvironment) { own, _ in own })
    }

    /// The first line, of output or errors, that holds a text; nil if none came within a minute.
    func line(with text: String) async -> String? {
        var found: Substring?
        _ = await eventually(within: .seconds(60)) { [program] in
            found = (program.outputText + "\n" + program.errorText).split(separator: "\n")
                .first { $0.contains(text) }
            return found != nil
        }
        return found.map(String.init)
    }

    /// Sends a signal and waits for the end.
    func end(with signal: Int32 = SIGTERM) async -> Int32? {
        kill(program.pid, signal)
        return await program.status(within: .seconds(30))
    }
}
