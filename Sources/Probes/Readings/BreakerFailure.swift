/// A call that failed, as a breaker remembers it.
package struct BreakerFailure: Sendable, Equatable, Codable {
    package var at: Timestamp
    package var message: String

    package init(at: Timestamp, message: String) {
        self.at = at
        self.message = message
    }

    package var json: JSONValue { ["at": .timestamp(at), "message": .string(message)] }

    /// From what `circuit_breakers.last_errors` holds; what cannot be read is left out.
    package static func list(storedText text: String) -> [BreakerFailure] {
        guard case .array(let elements) = JSONValue(storedText: text) else { return [] }
        return elements.compactMap { element in
            guard case .string(let moment)? = element["at"], let at = Timestamp(iso8601: moment),
                case .string(let message)? = element["message"]
            else { return nil }
            return BreakerFailure(at: at, message: message)
        }
    }
}
