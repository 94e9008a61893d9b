import Probes

/// What is wrong with one value of a message.
struct FieldFault: Error {
    var reason: EventFault.Reason
    var message: String
    /// The field without positions in lists, for the fingerprint.
    var place: String
    /// Whether the message may hold something of what stood in the field; if not, it says only that
    /// it is missing, or of what kind it is.
    var quotesValue = true

    init(_ message: String, place: String, reason: EventFault.Reason = .invalid) {
        self.reason = reason
        self.message = message
        self.place = place
    }

    /// `data is missing`
    static func missing(_ path: String) -> FieldFault {
        var fault = FieldFault("\(path) is missing", place: path)
        fault.quotesValue = false
        return fault
    }

    /// `data.scopeIncluded[2] is a number, a text was expected`
    static func unexpected(
        _ value: JSONCursor, _ path: String, _ expected: String, place: String? = nil
    ) -> FieldFault {
        var fault = FieldFault(
            "\(path) is \(value.kind.words), \(expected) was expected", place: place ?? path)
        fault.quotesValue = false
        return fault
    }
}
