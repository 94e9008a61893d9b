import Foundation
import TestSupport

/// A long-running command of the built binary, ended with this value.
final class ServerProcess: Sendable {
    let pid: Int32
    private let process: Process
    private let lines: AsyncStream<String>

    /// - Parameter output: whose lines are kept: standard output or standard error.
    init(
        _ arguments: [String], environment: [String: String] = [:], reading output: Output = .output
    ) throws {
        let process = Process()
        process.executableURL = URL(
            fileURLWithPath: PtyProcess.builtExecutable("syncconsole"))
        process.arguments = arguments
        let plain = ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent"]
        process.environment = environment.merging(plain) { own, _ in own }
        let pipe = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output == .output ? pipe : FileHandle.nullDevice
        process.standardError = output == .errors ? pipe : FileHandle.nullDevice
        let (lines, continuation) = AsyncStream.makeStream(of: String.self)
        self.lines = lines
        try process.run()
        self.process = process
        pid = process.processIdentifier
        let handle = pipe.fileHandleForReading
        DispatchQueue.global().async {
            var rest = Data()
            var chunk = [UInt8](repeating: 0, count: 4_096)
            while true {
                let count = read(handle.fileDescriptor, &chunk, chunk.count)
                guard count > 0 else { break }
                rest += chunk[..<count]
                while let end = rest.firstIndex(of: 0x0A) {
                    continuation.yield(String(decoding: rest[..<end], as: UTF8.self))
                    rest = Data(rest[rest.index(after: end)...])
                }
            }
            continuation.finish()
        }
    }

    enum Output { case output, errors }

    deinit {
        if process.isRunning { kill(pid, SIGKILL) }
    }

    /// The next line that holds a text; nil if it ends before, or takes longer than a minute.
    func line(with text: String) async -> String? {
        await withTaskGroup(of: String?.self) { [lines] group in
            group.addTask {
                for await line in lines where line.contains(text) { return line }
                return nil
            }
            group.addTask {
                try? await Task.sleep(for: .seconds(60))
                return nil
            }
            let found = await group.next() ?? nil
            group.cancelAll()
            return found
        }
    }

    /// Sends a signal and waits for the end.
    func end(with signal: Int32 = SIGTERM) async -> Int32? {
        kill(pid, signal)
        let hasEnded = await eventually(within: .seconds(30)) { !self.process.isRunning }
        return hasEnded ? process.terminationStatus : nil
    }
}
