import Demo
import Foundation
import TestSupport

/// `syncconsole engine` as a process of its own, over a demo's servers.
final class EngineProcess: Sendable {
    private let process: Process
    let pid: Int32

    /// - Parameters:
    ///   - failpoint: where it shall die, such as `before_commit:3`.
    ///   - configuration: more sections of its configuration file.
    ///   - socket: one that listens, handed over as systemd does it.
    convenience init(
        _ endpoints: DemoEndpoints, failpoint: String? = nil, configuration: String = "",
        folder: URL, handing socket: Int32? = nil
    ) throws {
        try self.init(
            databaseURL: endpoints.databaseURL, brokers: endpoints.brokers, failpoint: failpoint,
            configuration: configuration, folder: folder, handing: socket)
    }

    init(
        databaseURL: String, brokers: [String], failpoint: String? = nil,
        configuration: String = "", folder: URL, handing socket: Int32? = nil
    ) throws {
        // Short sessions: a killed member's partitions are free only after one. It must outlast the
        // three seconds for which the mock cluster waits for first members.
        let file = folder.appending(path: "engine.yaml")
        try """
        kafka:
          properties: { session.timeout.ms: 4000, heartbeat.interval.ms: 300 }
        \(configuration)
        """.write(to: file, atomically: true, encoding: .utf8)
        let process = Process()
        process.executableURL = URL(filePath: PtyProcess.builtExecutable("syncconsole"))
        process.arguments = ["engine", "--config", file.path]
        var environment = ProcessInfo.processInfo.environment
        environment["DATABASE_URL"] = databaseURL
        environment["KAFKA_BROKERS"] = brokers.joined(separator: ",")
        environment["SYNCCONSOLE_FAILPOINT"] = failpoint
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        if let socket {
            // `Process` passes on no descriptor but the standard ones: a shell moves it to its place.
            let handing = "export LISTEN_PID=$$ LISTEN_FDS=1; exec \"$0\" \"$@\" 3<&0 </dev/null"
            process.arguments =
                ["-c", handing, PtyProcess.builtExecutable("syncconsole")]
                + (process.arguments ?? [])
            process.executableURL = URL(filePath: "/bin/sh")
            process.standardInput = FileHandle(fileDescriptor: socket, closeOnDealloc: false)
        }
        process.standardOutput = FileHandle.nullDevice
        if ProcessInfo.processInfo.environment["SYNCCONSOLE_TEST_LOG"] == nil {
            process.standardError = FileHandle.nullDevice
        }
        try process.run()
        self.process = process
        pid = process.processIdentifier
    }

    func send(_ signal: Int32) { kill(pid, signal) }

    /// Whether the process ends within the time.
    func ends(within patience: Duration = .seconds(40)) async -> Bool {
        await eventually(within: patience) { !self.process.isRunning }
    }

    /// The signal that ended it; nil if it ended by itself, or runs.
    var endedBy: Int32? {
        !process.isRunning && process.terminationReason == .uncaughtSignal
            ? process.terminationStatus : nil
    }
}
