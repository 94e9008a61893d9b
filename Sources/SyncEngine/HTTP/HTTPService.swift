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
        let application = Application(
            responder: CallbackResponder<BasicRequestContext> { request, _ in
                await self.respond(to: request)
            },
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [
                        FaultAnswer(reply: faultReply), RequestDeadline(patience: patience),
                    ],
                    idleTimeout: TimeAmount(settings.idle),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: settings.largestHeaderBytes,
                        maxHeaderListSize: settings.largestHeaderBytes, maxHeaderFieldCount: 100))),
            configuration: .init(
                address: .hostname(settings.host, port: settings.port), serverName: "syncconsole",
                availableConnectionsDelegate: MaximumAvailableConnections(
                    settings.largestConnections, logger: logger)),
            onServerRunning: { channel in self.listens(on: channel.localAddress?.port) },
            logger: logger)
        var configuration = ServiceGroupConfiguration(services: [application], logger: logger)
        // After that, connections are closed in the middle of an answer.
        configuration.maximumGracefulShutdownDuration = .seconds(3)
        return ServiceGroup(configuration: configuration)
    }

    static let correlationHeader = HTTPField.Name("X-Correlation-ID")

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

    private nonisolated func listens(on port: Int?) {
        let address = HTTPSettings.address(settings.host, port ?? settings.port)
        place.listen(on: address)
        log(.notice, "http", "listens on http://\(address): /metrics, /health")
    }

    private nonisolated func respond(to request: Request) async -> Response {
        let named = Self.correlationHeader.flatMap { request.headers[$0] }
        let question = HTTPQuestion(
            method: request.method.rawValue, path: request.uri.path,
            correlationID: named.flatMap { HTTPQuestion.isCorrelationID($0) ? $0 : nil }
                ?? makeCorrelationID())
        let announced = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        let answer =
            announced > settings.largestBodyBytes
            ? HTTPReply.error(
                413, "too_large", "a body may have \(settings.largestBodyBytes) bytes", question)
            : await routes.answer(question)
        if log.saysAll {
            log(
                .debug, "http", "\(question.method) \(question.path) \(answer.status)",
                ["correlation_id": question.correlationID])
        }
        var response = Response(
            status: .init(code: answer.status),
            headers: [
                .contentType: answer.contentType, .cacheControl: "no-store",
                .xContentTypeOptions: "nosniff",
            ], body: .init(byteBuffer: ByteBuffer(bytes: answer.body)))
        if let name = Self.correlationHeader { response.headers[name] = question.correlationID }
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
