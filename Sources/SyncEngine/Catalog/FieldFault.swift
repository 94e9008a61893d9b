import Probes

/// What is wrong with one value of a message.
struct FieldFault: Error {
    var reason: EventFault.Reason
    var message: String
    /// The field without positions in lists, for the fingerprint.
    var place: String

    init(_ message: String, place: String, reason: EventFault.Reason = .invalid) {
        self.reason = reason
        self.message = message
        self.place = place
    }

    /// `data.scopeIncluded[2] is a number, a text was expected`
    static func unexpected(
        _ value: JSONCursor, _ path: String, _ expected: String, place: String? = nil
    ) -> FieldFault {
        FieldFault(
            "\(path) is \(value.kind.words), \(expected) was expected", place: place ?? path)
    }
}
