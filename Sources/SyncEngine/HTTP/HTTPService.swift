import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import Probes
import ServiceLifecycle

#if canImport(Glibc)
    import Glibc
#endif

/// Answers over HTTP until it is stopped; the only place that knows Hummingbird.
///
/// Flows in: requests. Flows out: what the routes answer. A port that is taken stops nobody: it is
/// said, in the log and in `place`, and tried again.
actor HTTPService: EngineService {
    private let place: HTTPPlace
    private let settings: HTTPSettings
    private let routes: HTTPRoutes
    private let log: EngineLog
    private let now: @Sendable () -> Timestamp
    private let makeCorrelationID: @Sendable () -> String
    private let wakeup = Wakeup()
    private var group: ServiceGroup?
    private var isStopping = false

    init(
        settings: HTTPSettings, place: HTTPPlace, routes: HTTPRoutes, log: EngineLog,
        now: @escaping @Sendable () -> Timestamp,
        makeCorrelationID: @escaping @Sendable () -> String
    ) {
        self.settings = settings
        self.place = place
        self.routes = routes
        self.log = log
        self.now = now
        self.makeCorrelationID = makeCorrelationID
    }

    func run() async {
        while !isStopping {
            do {
                let group = makeGroup()
                self.group = group
                try await group.run()
            } catch {
                let words =
                    "\(HTTPSettings.address(settings.host, settings.port)) cannot be listened on:"
                    + " \(Self.words(error)); set http.listen to another"
                if place.fail(words, at: now()) { log(.warning, "http", words) }
            }
            group = nil
            if !isStopping { await wakeup.wait(atMost: settings.retry) }
        }
        place.close()
    }

    /// Answers in hand are finished, within a few seconds.
    func stop() async {
        isStopping = true
        wakeup.wake()
        await group?.triggerGracefulShutdown()
    }

    private func makeGroup() -> ServiceGroup {
        let logger = EngineLogHandler.logger(log)
        let patience = TimeAmount(settings.patience)
        let faultReply = faultReply
        // A little room below the bound: who is over it must be let in before somebody else can go.
        let crowd = ConnectionCrowd(mostConnections: max(1, settings.largestConnections * 7 / 8))
        let listener = HTTPListener(
            settings: settings, door: place.door,
            responder: CallbackResponder<EdgeContext> { request, context in
                await self.respond(to: request, from: context.peer)
            },
            connection: .init(
                additionalChannelHandlers: [
                    FaultAnswer(reply: faultReply), RequestDeadline(patience: patience),
                    CrowdHandler(crowd),
                ],
                idleTimeout: TimeAmount(settings.idle),
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: settings.largestHeaderBytes,
                    maxHeaderListSize: settings.largestHeaderBytes, maxHeaderFieldCount: 100)),
            logger: logger, onListening: { self.listens(on: $0) })
        var configuration = ServiceGroupConfiguration(services: [listener], logger: logger)
        // After that, connections are closed in the middle of an answer.
        configuration.maximumGracefulShutdownDuration = .seconds(3)
        return ServiceGroup(configuration: configuration)
    }

    static let correlationHeader = HTTPField.Name("X-Correlation-ID")
    private static let apiKeyHeader = HTTPField.Name("X-API-Key")
    private static let idempotencyHeader = HTTPField.Name("Idempotency-Key")

    /// What is answered to what is no HTTP.
    private nonisolated var faultReply:
        @Sendable (_ isTooLong: Bool) -> (HTTPReply, correlationID: String)
    {
        let (bound, makeCorrelationID) = (settings.largestHeaderBytes, makeCorrelationID)
        return { isTooLong in
            let question = HTTPQuestion(
                method: "", path: "", correlationID: makeCorrelationID())
            let reply =
                isTooLong
                ? HTTPReply.error(
                    431, "headers_too_large", "headers may have \(bound) bytes", question)
                : .error(400, "bad_request", "this is no HTTP/1.1 request", question)
            return (reply, question.correlationID)
        }
    }

    private nonisolated func listens(on socket: SocketAddress?) {
        let isHanded = settings.handedSocket != nil
        let host = isHanded ? socket?.ipAddress ?? settings.host : settings.host
        let address = HTTPSettings.address(host, socket?.port ?? settings.port)
        place.listen(on: address)
        let whose = isHanded ? " (a socket that it was handed)" : ""
        log(
            .notice, "http", "listens on http://\(address)\(whose): /metrics, /health, /api")
    }

    private nonisolated func respond(to request: Request, from peer: String) async -> Response {
        let question = question(request, from: peer)
        if let announced = question.headers.contentLength, announced > settings.largestBodyBytes {
            return response(
                HTTPRefusal.tooLarge(settings.largestBodyBytes).reply(to: question),
                to: request, question.correlationID)
        }
        let answer = await routes.answer(question) { try await Self.body(of: request, $0) }
        return response(answer, to: request, question.correlationID)
    }

    private nonisolated func question(_ request: Request, from peer: String) -> HTTPQuestion {
        let named = Self.correlationHeader.flatMap { request.headers[$0] }
        var question = HTTPQuestion(
            method: request.method.rawValue, path: request.uri.path,
            correlationID: named.flatMap { HTTPQuestion.isCorrelationID($0) ? $0 : nil }
                ?? makeCorrelationID())
        question.peer = peer
        question.query = HTTPQuery(request.uri.query ?? "")
        let length = request.headers[.contentLength].flatMap { Int($0) }
        question.headers = HTTPQuestionHeaders(
            authorization: request.headers[.authorization],
            apiKey: Self.apiKeyHeader.flatMap { request.headers[$0] },
            contentType: request.headers[.contentType],
            idempotencyKey: Self.idempotencyHeader.flatMap { request.headers[$0] },
            contentLength: length,
            announcesBody: (length ?? 0) > 0 || request.headers[.transferEncoding] != nil)
        return question
    }

    /// - Throws: `HTTPRefusal` the moment the body is longer than `mostBytes`; what comes after that
    ///   is thrown away until the request's end or its deadline, and then the connection is closed.
    private static func body(of request: Request, _ mostBytes: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        do {
            for try await buffer in request.body {
                guard bytes.count + buffer.readableBytes <= mostBytes else {
                    throw HTTPRefusal.tooLarge(mostBytes)
                }
                bytes.append(contentsOf: buffer.readableBytesView)
            }
        } catch let refusal as HTTPRefusal {
            throw refusal
        } catch {
            throw HTTPRefusal(400, "bad_request", "the body broke off")
        }
        return bytes
    }

    private nonisolated func response(
        _ answer: HTTPReply, to request: Request, _ correlationID: String
    ) -> Response {
        var response = Response(
            status: .init(code: answer.status),
            headers: [.cacheControl: "no-store", .xContentTypeOptions: "nosniff"],
            body: .init(byteBuffer: ByteBuffer(bytes: answer.body)))
        if !answer.contentType.isEmpty { response.headers[.contentType] = answer.contentType }
        if let name = Self.correlationHeader { response.headers[name] = correlationID }
        for (name, value) in answer.headers {
            if let field = HTTPField.Name(name) { response.headers[field] = value }
        }
        return request.method == .head ? response.createHeadResponse() : response
    }

    /// What the system said, without the call's own name.
    private static func words(_ error: any Error) -> String {
        if let error = error as? IOError { return String(cString: strerror(error.errnoCode)) }
        return "\(error)"
    }
}
