import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// The agent's HTTP side; the only file here that knows the web server.
actor AgentServer {
    typealias Answer = @Sendable (AgentQuestion) async -> AgentReply

    /// Why there is no server.
    struct CannotListen: Error, CustomStringConvertible {
        let description: String
    }

    /// Orders and ranges are small; more than this is refused.
    private static let largestBodyBytes = 4 << 20

    private let host: String
    private let port: Int
    private let answer: Answer
    private var group: ServiceGroup?
    private var running: Task<Void, any Error>?

    /// - Parameter port: 0 for any that is free.
    init(host: String, port: Int, answer: @escaping Answer) {
        self.host = host
        self.port = port
        self.answer = answer
    }

    /// Listens.
    ///
    /// - Returns: the port.
    func start() async throws(CannotListen) -> Int {
        let (ports, tell) = AsyncStream.makeStream(of: Int.self)
        let logger = Logger(label: "vendor-simulator") { _ in SwiftLogNoOpLogHandler() }
        let answer = answer
        let application = Application(
            responder: CallbackResponder<AgentContext> { request, context in
                await Self.respond(to: request, context, answer)
            },
            server: .http1(configuration: .init(idleTimeout: .seconds(75))),
            configuration: .init(
                address: .hostname(host, port: port), serverName: "vendor-simulator"),
            onServerRunning: { channel in tell.yield(channel.localAddress?.port ?? 0) },
            logger: logger)
        var configuration = ServiceGroupConfiguration(services: [application], logger: logger)
        // Calls that hang are let go of.
        configuration.maximumGracefulShutdownDuration = .seconds(1)
        let group = ServiceGroup(configuration: configuration)
        self.group = group
        let running = Task {
            defer { tell.finish() }
            try await group.run()
        }
        self.running = running
        for await port in ports { return port }
        let place = "\(host):\(port)"
        do {
            try await running.value
            throw CannotListen(description: "\(place) was given up")
        } catch {
            throw CannotListen(description: "\(place) cannot be listened on: \(error)")
        }
    }

    func stop() async {
        await group?.triggerGracefulShutdown()
        _ = await running?.result
        group = nil
    }

    private static func respond(
        to request: Request, _ context: AgentContext, _ answer: Answer
    ) async -> Response {
        func header(_ name: String) -> String? {
            HTTPField.Name(name).flatMap { request.headers[$0] }
        }
        var question = AgentQuestion(
            method: request.method.rawValue, path: request.uri.path,
            authorization: request.headers[.authorization],
            idempotencyKey: header("Idempotency-Key"), correlationID: header("X-Correlation-ID"))
        for (name, value) in request.uri.queryParameters {
            question.query[String(name)] = String(value)
        }
        let reply: AgentReply
        do {
            let body = try await request.body.collect(upTo: largestBodyBytes)
            question.body = Array(body.readableBytesView)
            reply = await answer(question)
        } catch {
            reply = .refusal(413, "too_large", "a body may have \(largestBodyBytes) bytes")
        }
        if reply.isDropped { try? await context.channel.close() }
        var response = Response(
            status: .init(code: reply.status), headers: [.contentType: reply.contentType],
            body: .init(byteBuffer: ByteBuffer(bytes: reply.body)))
        if let name = HTTPField.Name("X-Correlation-ID") {
            response.headers[name] = question.correlationID
        }
        return response
    }
}

/// Knows the connection, so that it can be closed in the middle of a call.
private struct AgentContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}
