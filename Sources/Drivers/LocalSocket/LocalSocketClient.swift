import Glibc
import Threads

/// Asks one question of a process on this machine.
package enum LocalSocketClient {
    /// Sends one line and returns all that comes until the other side closes.
    ///
    /// - Parameters:
    ///   - question: without a line end.
    ///   - limit: of the answer, in bytes.
    /// - Throws: if nobody listens, the answer is too long, or it does not come in time.
    package static func ask(
        _ path: LocalSocketPath, _ question: [UInt8], limit: Int = 8 << 20,
        timeout: Duration = .seconds(2)
    ) async throws(LocalSocketError) -> [UInt8] {
        try await OwnThread.run(named: "neighbour") { () throws(LocalSocketError) in
            let end = ContinuousClock.now + timeout
            let socket = try SocketDescriptor()
            try socket.connect(to: path)
            try socket.write(question + [UInt8(ascii: "\n")], until: end)
            return try socket.read(atMost: limit, until: end) { _ in false }
        }
    }
}
