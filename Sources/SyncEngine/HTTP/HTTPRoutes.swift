import Postgres
import Probes

/// Takes a question to its route: finds it, asks the gate, reads the body within the route's bound,
/// and makes an answer of whatever is thrown. Knows nothing of sockets.
struct HTTPRoutes: Sendable {
    /// What is counted for paths that nothing is at.
    static let otherPath = "other"

    /// Reads a body of at most so many bytes; throws `HTTPRefusal` the moment it is longer.
    typealias ReadBody = (_ mostBytes: Int) async throws -> [UInt8]

    let routes: [HTTPRoute]
    private let gate: any HTTPGate
    private let tally: HTTPTally
    private let log: EngineLog

    init(
        _ routes: [HTTPRoute], gate: any HTTPGate = OpenGate(), tally: HTTPTally,
        log: EngineLog = .silent
    ) {
        self.routes = routes
        self.gate = gate
        self.tally = tally
        self.log = log
    }

    func answer(_ question: HTTPQuestion, body: ReadBody = { _ in [] }) async -> HTTPReply {
        let here = matches(question.path)
        var question = question
        let reply: HTTPReply
        if let found = here.first(where: { $0.route.serves(question.method) }) {
            question.parameters = found.parameters
            reply = await answer(question, by: found.route, body)
        } else if here.isEmpty {
            reply = HTTPRefusal.notFound("there is nothing at this path").reply(to: question)
        } else {
            reply = Self.wrongMethod(here.map(\.route)).reply(to: question)
        }
        tally.count(here.first?.route.pattern.text ?? Self.otherPath, reply.status)
        note(question, reply)
        return reply
    }

    /// The routes at a path, those whose pattern says it word for word first.
    private func matches(_ path: String) -> [(route: HTTPRoute, parameters: [String: String])] {
        let all = routes.compactMap { route in
            route.pattern.match(path).map { (route: route, parameters: $0) }
        }
        guard let fewest = all.map(\.parameters.count).min() else { return [] }
        return all.filter { $0.parameters.count == fewest }
    }

    private func answer(
        _ question: HTTPQuestion, by route: HTTPRoute, _ body: ReadBody
    ) async -> HTTPReply {
        var question = question
        do {
            try await gate.screen(question, route.policy)
            try await Self.readBody(into: &question, route.policy.body, body)
            question.caller = try await gate.admit(question, route.policy)
            return try await route.answer(question)
        } catch {
            return refusal(of: error, question).reply(to: question)
        }
    }

    private static func readBody(
        into question: inout HTTPQuestion, _ rule: HTTPPolicy.Body, _ read: ReadBody
    ) async throws {
        guard case .json(let mostBytes, let isOptional) = rule else { return }
        if question.headers.announcesBody, !isJSON(question.headers.contentType) {
            throw HTTPRefusal(
                415, "unsupported_media_type", "send application/json, in UTF-8")
        }
        if let announced = question.headers.contentLength, announced > mostBytes {
            throw HTTPRefusal.tooLarge(mostBytes)
        }
        question.body = try await read(mostBytes)
        if isOptional, question.body.isEmpty { return }
        do { question.document = try JSONDocument(question.body) } catch {
            throw HTTPRefusal(400, "invalid_body", "the body is no JSON: \(error)")
        }
    }

    /// `application/json`, with or without `charset=utf-8`.
    static func isJSON(_ contentType: String?) -> Bool {
        guard let contentType else { return false }
        let parts = contentType.lowercased().split(separator: ";").map { part in
            String(part.filter { $0 != " " && $0 != "\t" && $0 != "\"" })
        }
        return parts.first == "application/json"
            && parts.dropFirst().allSatisfy { !$0.hasPrefix("charset=") || $0 == "charset=utf-8" }
    }

    private func refusal(of error: any Error, _ question: HTTPQuestion) -> HTTPRefusal {
        switch error {
        case let refusal as HTTPRefusal: return refusal
        case let error as any HTTPAnswerable: return error.refusal
        case let error as PostgresError where error.verdict == .infrastructure:
            log(
                .warning, "http", "\(question.method) \(question.path): \(error)",
                ["correlation_id": question.correlationID])
            return HTTPRefusal(
                503, "database_unavailable",
                "the database does not answer just now; nothing was changed, try again",
                headers: ["Retry-After": "5"])
        default:
            // What it says may quote a value: the log has it, the asker does not.
            log(
                .error, "http", "\(question.method) \(question.path): \(error)",
                ["correlation_id": question.correlationID])
            return HTTPRefusal(
                500, "internal_error", "this went wrong here; the log has it by its correlation id")
        }
    }

    private static func wrongMethod(_ here: [HTTPRoute]) -> HTTPRefusal {
        let allowed = here.flatMap { $0.method == "GET" ? ["GET", "HEAD"] : [$0.method] }
        return HTTPRefusal(
            405, "method_not_allowed", "use \(allowed.joined(separator: " or ")) here",
            headers: ["Allow": allowed.joined(separator: ", ")])
    }

    /// Calls that may have changed something are worth a line; those that only look are counted.
    private func note(_ question: HTTPQuestion, _ reply: HTTPReply) {
        let changes = !["GET", "HEAD"].contains(question.method) && reply.status < 300
        guard changes || log.saysAll else { return }
        log(
            changes ? .info : .debug, "http",
            "\(question.method) \(question.path) \(reply.status)",
            ["correlation_id": question.correlationID, "vendor": question.caller.vendor])
    }
}
