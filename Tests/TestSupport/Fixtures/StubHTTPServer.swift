import Glibc
import Postgres
import Synchronization
import Threads

/// An HTTP server on a free port of 127.0.0.1 that answers what a test tells it to: what a real
/// server does only when it breaks.
package final class StubHTTPServer: Sendable {
    package let port: UInt16
    /// `127.0.0.1:port`.
    package var authority: String { "127.0.0.1:\(port)" }
    package var url: String { "http://\(authority)" }

    private struct State {
        var requests: [StubRequest] = []
        var connections: Set<Int32> = []
        var connectionCount = 0
        var isStopped = false
    }

    private let listener: Int32
    private let handler: @Sendable (StubRequest) -> StubReply
    private let state = Mutex(State())

    package init(_ handler: @escaping @Sendable (StubRequest) -> StubReply) throws {
        let (listener, port) = try Self.listen()
        self.listener = listener
        self.port = port
        self.handler = handler
        OwnThread.start(named: "stub-accept") { self.accept() }
    }

    /// What was asked so far, in order.
    package var requests: [StubRequest] { state.withLock { $0.requests } }
    package var connectionCount: Int { state.withLock { $0.connectionCount } }

    /// Ends all connections. A server that is not stopped lives as long as the process.
    package func stop() {
        state.withLock { state in
            guard !state.isStopped else { return }
            state.isStopped = true
            // Wakes the threads, which close what is theirs.
            shutdown(listener, Int32(SHUT_RDWR))
            for connection in state.connections { shutdown(connection, Int32(SHUT_RDWR)) }
        }
    }

    private func accept() {
        while true {
            let connection = Glibc.accept(listener, nil, nil)
            guard connection >= 0 else { break }
            var one: Int32 = 1
            setsockopt(
                connection, Int32(IPPROTO_TCP), TCP_NODELAY, &one,
                socklen_t(MemoryLayout<Int32>.size))
            let isWanted = state.withLock { state in
                guard !state.isStopped else { return false }
                state.connections.insert(connection)
                state.connectionCount += 1
                return true
            }
            guard isWanted else {
                close(connection)
                break
            }
            OwnThread.start(named: "stub") {
                self.serve(StubConnection(descriptor: connection))
                _ = self.state.withLock { $0.connections.remove(connection) }
                close(connection)
            }
        }
        close(listener)
    }

    private func serve(_ connection: StubConnection) {
        var connection = connection
        while let request = connection.nextRequest() {
            state.withLock { $0.requests.append(request) }
            guard connection.send(handler(request)) else { return }
        }
    }

    private static func listen() throws -> (descriptor: Int32, port: UInt16) {
        let descriptor = socket(
            AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, size) == 0 && Glibc.listen(descriptor, 64) == 0
                    && getsockname(descriptor, address, &size) == 0
            }
        }
        guard isBound else { throw StubServerError(code: errno) }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }
}

package struct StubServerError: Error {
    package let code: Int32
}

/// Starts a server for the length of `body`.
package func withStubServer<Value>(
    isolation: isolated (any Actor)? = #isolation,
    _ handler: @escaping @Sendable (StubRequest) -> StubReply,
    _ body: (StubHTTPServer) async throws -> Value
) async throws -> Value {
    let server = try StubHTTPServer(handler)
    defer { server.stop() }
    return try await body(server)
}
