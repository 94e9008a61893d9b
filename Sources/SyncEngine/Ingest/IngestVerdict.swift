/// What became of one row of a call, as the agent is told.
package struct IngestVerdict: Sendable, Equatable {
    package enum Status: String, Sendable {
        case processed, skipped, failed
    }

    package var status: Status
    /// A word, or a word, a colon and what it is about; nil for what was processed.
    package var reason: String?

    static let processed = IngestVerdict(status: .processed)
    /// The content is what stands already.
    static let noChanges = IngestVerdict(status: .skipped, reason: "no_changes")
    /// A newer row of the same call has the same key.
    static let superseded = IngestVerdict(status: .skipped, reason: "superseded_in_call")
    /// What stands is newer, and differs.
    static let stale = IngestVerdict(status: .failed, reason: "stale_timestamp")
    /// More than five minutes ahead of our clock.
    static let inFuture = IngestVerdict(status: .failed, reason: "timestamp_in_future")
    /// Somebody else changed it while it was decided, more than once.
    static let overtaken = IngestVerdict(status: .failed, reason: "changed_meanwhile")
    /// The database refused this row alone.
    static let refused = IngestVerdict(status: .failed, reason: "refused_by_database")
    /// Its part of a batch could not be written; send it again.
    static let notWritten = IngestVerdict(status: .failed, reason: "not_written")

    static func failed(_ fault: IngestFault) -> IngestVerdict {
        IngestVerdict(status: .failed, reason: fault.reason)
    }
}

/// Why a row cannot be taken.
struct IngestFault: Error, Equatable {
    var reason: String
    /// Codes without a mapping, where that is why.
    var unmapped: [ERPCode] = []

    static func invalid(_ field: String, _ words: String) -> IngestFault {
        IngestFault(reason: "invalid_\(field): \(words)")
    }
}
