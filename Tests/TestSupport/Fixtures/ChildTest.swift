import FoundationEssentials
import Glibc
import PrivateServers

/// Runs one test of this binary in a process of its own, to be killed, or watched from outside.
///
/// Such a test is marked `.enabled(if: ChildTest.isRunning("name"))`, so that it is skipped
/// everywhere else.
package enum ChildTest {
    private static let variable = "SYNCCONSOLE_CHILD_TEST"

    /// Whether this process was started to run the test of this name.
    package static func isRunning(_ name: String) -> Bool {
        self.variable(Self.variable) == name
    }

    /// What the parent has handed over.
    package static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    /// Starts the test.
    ///
    /// - Parameters:
    ///   - name: what `isRunning` will ask for.
    ///   - function: the name of the test function, to filter by.
    ///   - log: the file that its output goes to.
    package static func spawn(
        _ name: String, function: String, environment: [String] = [], log: String
    ) throws -> ChildProcess {
        try ChildProcess.spawn(
            ["/proc/\(getpid())/exe", "--testing-library", "swift-testing", "--filter", function],
            environment: environment + ["\(variable)=\(name)"], log: log)
    }

    /// Never returns, unless the task is cancelled.
    package static func waitToBeKilled() async {
        let (silence, _) = AsyncStream.makeStream(of: Never.self)
        for await _ in silence {}
    }
}

extension ChildProcess {
    /// Waits for the end of the process without blocking the pool, and kills it if it takes longer.
    ///
    /// - Returns: the status of `waitpid`; nil if it had to be killed.
    package func ended(within patience: Duration = .seconds(60)) async -> Int32? {
        var status: Int32?
        let hasEnded = await eventually(within: patience) {
            status = exitStatus()
            return status != nil
        }
        if !hasEnded { send(SIGKILL) }
        return status
    }
}

/// A folder for one test, removed afterwards.
package func withTemporaryFolder<Value>(
    isolation: isolated (any Actor)? = #isolation, _ body: (String) async throws -> Value
) async throws -> Value {
    var template = Array("/tmp/sc-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw CocoaError(.fileWriteUnknown) }
    let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    chmod(path, 0o755)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await body(path)
}
