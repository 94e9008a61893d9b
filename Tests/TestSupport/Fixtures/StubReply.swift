/// What a client asked a stub.
package struct StubRequest: Sendable {
    package let method: String
    /// Without the query, still percent-encoded.
    package let path: String
    package let query: [String: String]
    /// Names in lower case.
    package let headers: [String: String]
    package let body: [UInt8]
}

/// What a stub answers.
package struct StubReply: Sendable {
    /// What happens after the part of the body that is sent.
    package enum Ending: Sendable {
        /// The rest of it.
        case complete
        /// The connection ends.
        case cut
        /// Not even the head was sent: the connection ends without a byte.
        case silence
        /// Nothing, until the client gives up.
        case stall
        /// The rest, a byte every 20 ms, until the client gives up.
        case trickle
    }

    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    /// How much of the body is sent before the ending; all of it is announced.
    package var sentBytes: Int
    package var ending: Ending
    /// Whether `Content-Length` is sent; without it the connection ends after the body.
    package var announcesLength = true

    package init(
        _ status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
        sentBytes: Int? = nil, ending: Ending = .complete
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.sentBytes = sentBytes ?? body.count
        self.ending = ending
    }

    package init(
        _ status: Int, headers: [(name: String, value: String)] = [], json: String
    ) {
        self.init(
            status, headers: headers + [("Content-Type", "application/json")],
            body: Array(json.utf8))
    }
}
