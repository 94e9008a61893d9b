/// An answer that ends a question early; thrown by gates and routes.
struct HTTPRefusal: Error, Equatable {
    var status: Int
    /// One word for programs; never changes.
    var code: String
    /// One sentence for people, without secrets.
    var message: String
    var headers: [String: String] = [:]

    init(_ status: Int, _ code: String, _ message: String, headers: [String: String] = [:]) {
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers
    }

    /// - Parameter wait: until asking again can help; at least a second is said.
    static func tooMany(_ code: String, _ message: String, wait: Duration) -> HTTPRefusal {
        let seconds = max(1, Int((wait / .seconds(1)).rounded(.up)))
        return HTTPRefusal(
            429, code, "\(message); try again in \(seconds) s",
            headers: ["Retry-After": String(seconds)])
    }

    static func notFound(_ message: String) -> HTTPRefusal {
        HTTPRefusal(404, "not_found", message)
    }

    static func tooLarge(_ mostBytes: Int) -> HTTPRefusal {
        // What is left of it would have to be read before another request.
        HTTPRefusal(
            413, "too_large", "a body may have \(mostBytes) bytes here",
            headers: ["Connection": "close"])
    }

    func reply(to question: HTTPQuestion) -> HTTPReply {
        var reply = HTTPReply.error(status, code, message, question)
        reply.headers.merge(headers) { _, new in new }
        return reply
    }
}

/// An error that knows which answer it makes.
protocol HTTPAnswerable: Error {
    var refusal: HTTPRefusal { get }
}
