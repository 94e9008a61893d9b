import FoundationEssentials
import Glibc
import PrivateServers
import Threads

/// A program from PyPI that runs to its end.
package enum PythonProgram {
    /// Runs it with nothing of our own environment, on a thread of its own.
    ///
    /// - Parameter name: as it lies in the folder that scripts/setup --tests makes.
    /// - Returns: its exit status, nil if it had to be killed, and what it printed.
    package static func run(
        _ name: String, _ arguments: [String], within patience: Duration
    ) async throws -> (status: Int32?, output: String) {
        let program = PythonServer.folder + name
        guard access(program, X_OK) == 0 else {
            throw PythonServerError(
                message: "There is no \(program): run scripts/setup --tests, which installs it.")
        }
        return try await OwnThread.run(named: "python-program") { () throws(any Error) in
            var template = Array("/tmp/sc-python-XXXXXX".utf8CString)
            guard mkdtemp(&template) != nil else {
                throw PythonServerError(message: "Cannot write to /tmp.")
            }
            let home = String(
                decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
            defer { try? FileManager.default.removeItem(atPath: home) }
            let log = home + "/log"
            let child = try ChildProcess.spawn(
                // In a folder of its own: some leave files where they stand.
                ["/usr/bin/env", "-C", home, "/usr/bin/setpriv", "--pdeathsig", "KILL", program]
                    + arguments,
                environment: ["HOME=\(home)", "PYTHONDONTWRITEBYTECODE=1", "COLUMNS=120"], log: log)
            let status = child.wait(patience)
            if status == nil {
                child.send(SIGKILL)
                _ = child.wait(.seconds(10))
            }
            return (status, (try? String(contentsOfFile: log, encoding: .utf8)) ?? "")
        }
    }
}
