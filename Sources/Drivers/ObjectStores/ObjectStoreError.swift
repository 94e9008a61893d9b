/// Why an object could not be had: what failed, whether a retry is worthwhile, what to do.
///
/// The message is one sentence for an operator. It holds names of places and what the other side
/// said in short, never a token, a key or a signed address.
package struct ObjectStoreError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Kind: Sendable, Equatable {
        /// No answer, a broken one, or one that says "not now": network, 429, 5xx, a disk's fault.
        case unreachable
        /// Nobody was asked: too many calls to this place have failed lately. With the time from
        /// which it may be asked again, in microseconds since 1970; nil if a person will say.
        case suspended(until: Int64?)
        /// The place does not let us: 401, 403, file permissions.
        case refused
        /// The place itself, or an object that was there, is not there.
        case notFound
        /// The object is not the version that was asked for any more.
        case changed
        /// All bytes came, and they are not those that the place has the checksum of.
        case checksumMismatch
        /// The folder for copies has too little room, or refuses to grow.
        case noSpace(folder: String, neededBytes: Int64)
        /// Not a location or a name that can be read: another scheme, `..`, a directory, a FIFO.
        case invalidLocation
        /// Settings or credentials that cannot work: a key file that does not parse, a redirect to
        /// another host.
        case misconfigured
        /// The other side answered something that it may not answer.
        case invalidAnswer
        /// The task was cancelled.
        case cancelled
    }

    package let kind: Kind
    package let message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    /// Whether the same call may succeed later without anybody changing anything.
    package var isRetryable: Bool {
        switch kind {
        case .unreachable, .suspended, .checksumMismatch, .changed: true
        case .refused, .notFound, .noSpace, .invalidLocation, .misconfigured, .invalidAnswer,
            .cancelled:
            false
        }
    }

    package var description: String { message }
}
