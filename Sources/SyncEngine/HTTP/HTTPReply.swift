import Probes

/// An answer as the routes give it.
struct HTTPReply: Sendable, Equatable {
    var status: Int
    var contentType: String
    /// Besides those that every answer has.
    var headers: [String: String] = [:]
    var body: [UInt8]

    static func json(_ value: JSONValue, status: Int = 200) -> HTTPReply {
        HTTPReply(
            status: status, contentType: "application/json; charset=utf-8",
            body: Array((JSONWriter.text(value) + "\n").utf8))
    }

    /// For an answer without a body: 204.
    static let nothing = HTTPReply(status: 204, contentType: "", body: [])

    static func text(_ text: String, contentType: String) -> HTTPReply {
        HTTPReply(status: 200, contentType: contentType, body: Array(text.utf8))
    }

    /// The one shape of all errors: `{"error":{"code","message","correlation_id"}}`.
    ///
    /// - Parameters:
    ///   - code: one word for programs; never changes.
    ///   - message: one sentence for people, without secrets.
    static func error(
        _ status: Int, _ code: String, _ message: String, _ question: HTTPQuestion
    ) -> HTTPReply {
        .json(
            [
                "error": [
                    "code": .string(code), "message": .string(message),
                    "correlation_id": .string(question.correlationID),
                ]
            ], status: status)
    }
}
