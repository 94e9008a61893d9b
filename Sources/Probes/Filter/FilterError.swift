/// Why a text is not a filter: where, and what was expected instead.
package struct FilterError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The character at fault, counted from 0.
    package let position: Int
    /// What is wrong and what was expected, without a full stop.
    package let message: String

    package init(position: Int, message: String) {
        self.position = position
        self.message = message
    }

    package var description: String { "filter, character \(position + 1): \(message)" }
}
