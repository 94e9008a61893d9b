import Probes

/// A request as the routes see it.
struct HTTPQuestion: Sendable {
    var method: String
    /// As it came: still with its percent signs, without the query.
    var path: String
    /// The asker's `X-Correlation-ID`, or one made for it: also in the answer and in the log.
    var correlationID: String
    /// The asker's address without the port; empty where there is none.
    var peer = ""
    var headers = HTTPQuestionHeaders()
    /// What stands behind the `?`, decoded.
    var query = HTTPQuery()
    /// What stands in the place of each `{name}` of the route's pattern, decoded.
    var parameters: [String: String] = [:]
    /// Read whole and within the route's bound; empty where the route takes none.
    var body: [UInt8] = []
    /// The body as JSON, where the route takes JSON.
    var document: JSONDocument?
    /// Who was found to ask.
    var caller = HTTPCaller.anyone

    /// What an asker may call its request: visible ASCII, and not long. Anything else is replaced.
    static func isCorrelationID(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}

/// Those headers of a request that mean something here.
struct HTTPQuestionHeaders: Sendable {
    /// A secret: for the gate alone.
    var authorization: String?
    /// A secret: for the gate alone.
    var apiKey: String?
    var contentType: String?
    var idempotencyKey: String?
    /// Nil where the body is chunked, or there is none.
    var contentLength: Int?
    /// Whether there is a body at all.
    var announcesBody = false
}

/// Whom a question comes from, as far as its route wants to know.
enum HTTPCaller: Sendable, Equatable {
    case anyone
    /// Who holds the API key.
    case keyHolder
    /// A vendor's agent, by its token.
    case agent(vendor: String)

    /// The vendor whose agent asks; nil for anybody else.
    var vendor: String? {
        if case .agent(let vendor) = self { vendor } else { nil }
    }
}
