import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle
import Threads

#if canImport(Glibc)
    import Glibc
#endif

/// Takes connections and lets a responder answer what comes in on them, until it is told to stop.
///
/// It listens on a socket of its own, or on one that was open before this process began and that others
/// listen on too: Hummingbird's own server takes no such socket, hence this one. Told to stop, it shuts its door,
/// gives whoever is inside `linger` to finish what he has begun to ask, and dismisses the rest.
struct HTTPListener<Responder: HTTPResponder>: Service
where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
    let settings: HTTPSettings
    let door: HTTPDoor
    let responder: Responder
    /// How a connection is read.
    let connection: HTTP1Channel.Configuration
    let logger: Logger
    /// Told where it listens.
    let onListening: @Sendable (SocketAddress?) -> Void

    /// Throws `IOError` where it cannot listen.
    func run() async throws {
        let http = HTTP1Channel(
            responder: { try await answer($0, $1, $2) }, configuration: connection)
        let connections = try listen()
        defer { door.dismiss() }
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                for await connection in connections {
                    group.addTask { await serve(connection, http) }
                }
            }
            // With its door shut it has nothing more to do; to end before it is told to is a failure.
            try? await gracefulShutdown()
        } onGracefulShutdown: {
            Task { await close() }
        }
    }

    private func close() async {
        door.shut()
        // Who has just come in has not said yet what he wants.
        try? await Task.sleep(for: settings.linger)
        door.dismiss()
    }

    /// Connections as they come, until the door is shut; nobody can wait at the socket after that.
    private func listen() throws -> AsyncStream<Int32> {
        let socket =
            if let handed = settings.handedSocket {
                try HTTPSocket(copying: handed)
            } else {
                try HTTPSocket(host: settings.host, port: settings.port)
            }
        let (connections, continuation) = AsyncStream.makeStream(of: Int32.self)
        onListening(socket.address)
        OwnThread.start(named: "http") { [door, settings] in
            door.admit(from: socket, atMost: settings.largestConnections) {
                continuation.yield($0)
            }
            continuation.finish()
        }
        return connections
    }

    private func serve(_ connection: Int32, _ http: HTTP1Channel) async {
        do {
            let value = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.allowRemoteHalfClosure, value: true)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .withConnectedSocket(connection) { channel in
                    http.setup(channel: channel, logger: logger).flatMapThrowing { value in
                        try ConnectionPersistence.add(to: channel)
                        door.enters(channel)
                        return value
                    }
                }
            await http.handle(value: value, logger: logger)
            try? await value.channel.closeFuture.get()
            door.leaves(value.channel)
        } catch {
            // It was gone before anybody could look at it.
            door.leaves(nil)
        }
    }

    private func answer(
        _ request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel
    ) async throws {
        let context = Responder.Context(source: .init(channel: channel, logger: logger))
        var response: Response
        do {
            response = try await responder.respond(to: request, context: context)
        } catch let error as HTTPParserError {
            throw error
        } catch {
            response = Response(status: .internalServerError)
        }
        response.headers[.date] = HTTPDate.text(time(nil))
        response.headers[.server] = "syncconsole"
        if door.isShut { response.headers[.connection] = "close" }
        do {
            try await writer.write(response: response.head, body: response.body)
        } catch is HTTPParserError {
            // Would be answered once more, behind the answer that was being written.
            throw BrokenAnswer()
        }
    }

    private struct BrokenAnswer: Error {}
}
