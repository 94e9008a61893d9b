/// Why there is no whole answer. An answer with an error's status is not a failure.
///
/// The message holds neither the address's query nor a header.
package struct HTTPFailure: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Kind: Sendable, Equatable {
        /// The name does not resolve, nobody listens, TLS is not spoken.
        case cannotConnect
        /// The server's certificate is not one that this machine trusts.
        case untrusted
        /// The connection ended before the answer did.
        case broken
        /// Too little came for too long, or all of it took too long.
        case stalled
        /// The answer is longer than what is taken.
        case tooLong
        /// What the server says is not HTTP.
        case invalidAnswer
        /// The request cannot be made.
        case misuse
        /// Whoever takes the bytes wanted no more.
        case stopped
        /// The task was cancelled.
        case cancelled
    }

    package let kind: Kind
    package let message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    package var description: String { message }
}
