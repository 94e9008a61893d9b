/// One thing that can be asked for.
struct HTTPRoute: Sendable {
    let method: String
    /// The whole path.
    let path: String
    let answer: @Sendable (HTTPQuestion) async -> HTTPReply

    static func get(
        _ path: String, _ answer: @escaping @Sendable (HTTPQuestion) async -> HTTPReply
    ) -> HTTPRoute {
        HTTPRoute(method: "GET", path: path, answer: answer)
    }
}

/// Finds the route of a request; what has none is answered with an error. Knows nothing of sockets.
struct HTTPRoutes: Sendable {
    /// What is counted for paths that nothing is at.
    static let otherPath = "other"

    private let routes: [HTTPRoute]
    private let tally: HTTPTally

    init(_ routes: [HTTPRoute], tally: HTTPTally) {
        self.routes = routes
        self.tally = tally
    }

    /// HEAD is answered like GET: the edge leaves the body out.
    func answer(_ question: HTTPQuestion) async -> HTTPReply {
        let here = routes.filter { $0.path == question.path }
        let answer: HTTPReply
        if here.isEmpty {
            answer = .error(404, "not_found", "there is nothing at this path", question)
        } else if let route = here.first(where: { Self.serves($0, question.method) }) {
            answer = await route.answer(question)
        } else {
            answer = Self.refused(question, here)
        }
        tally.count(here.isEmpty ? Self.otherPath : question.path, answer.status)
        return answer
    }

    private static func serves(_ route: HTTPRoute, _ method: String) -> Bool {
        route.method == method || (route.method == "GET" && method == "HEAD")
    }

    private static func refused(_ question: HTTPQuestion, _ here: [HTTPRoute]) -> HTTPReply {
        let allowed = here.flatMap { $0.method == "GET" ? ["GET", "HEAD"] : [$0.method] }
        var answer = HTTPReply.error(
            405, "method_not_allowed", "use \(allowed.joined(separator: " or ")) here", question)
        answer.headers["Allow"] = allowed.joined(separator: ", ")
        return answer
    }
}
