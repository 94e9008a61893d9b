/// A request as the routes see it.
struct HTTPQuestion: Sendable {
    var method: String
    /// Without the query, decoded.
    var path: String
    /// The asker's `X-Correlation-ID`, or one made for it: also in the answer and in the log.
    var correlationID: String

    /// What an asker may call its request: visible ASCII, and not long. Anything else is replaced.
    static func isCorrelationID(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}
