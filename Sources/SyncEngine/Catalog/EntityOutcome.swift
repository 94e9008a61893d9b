import Probes

/// What became of one event.
package enum Disposition: Equatable, Sendable {
    case processed(Effect)
    case skipped(SkipReason)
    /// Waits as a review item, with the reasons in the order of `BreakingReason`.
    case held([BreakingReason])
    /// Waits behind an event of the same service that waits for its retry.
    case parked
    /// Failed for now, to be tried again at `dueAt`; `attempts` have been made.
    case retrying(reason: String, message: String, attempts: Int, dueAt: Timestamp)
    /// Failed for good; `place` is for the fingerprint.
    case deadLettered(reason: String, message: String, place: String, attempts: Int)

    package enum Effect: String, Sendable, CaseIterable {
        case created, updated, deprecated, unchanged
    }

    package enum SkipReason: String, Sendable, CaseIterable {
        case stale
        /// The same content was refused by a person.
        case rejected
        /// It was held, and a newer event of the service took its place before anybody decided.
        case superseded
        case unknownEventType = "unknown_event_type"
    }
}

/// One event's disposition and what the operator should know besides.
package struct EventDecision: Equatable, Sendable {
    package var logID: Int64
    package var disposition: Disposition
    /// Whole sentences: an unknown type that was mapped to the default, and the like.
    package var warnings: [String]

    package init(logID: Int64, disposition: Disposition, warnings: [String] = []) {
        self.logID = logID
        self.disposition = disposition
        self.warnings = warnings
    }
}

/// What a fold decided; the edge carries it out in one transaction.
package struct EntityOutcome: Equatable, Sendable {
    /// One for each event, in the order in which they were given.
    package var decisions: [EventDecision]
    /// What to do to the row in `service_catalog`.
    package var write: ServiceWrite?
    /// Items opened in this fold, in order. All but the last are superseded already; the last one
    /// is open unless `OpenedReview.supersededBy` says otherwise.
    package var openedReviews: [OpenedReview]
    /// The item that was open before this fold and is superseded now.
    package var supersededReview: SupersededReview?
    package var mark: StreamMark?
    package var refused: RefusedContent?
    package var blockedBy: Int64?
}

/// What to do to a service's row.
package struct ServiceWrite: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        /// Insert, with a code from the sequence of `country` and `prefix`.
        case create(country: String, prefix: String)
        /// Set all content and origins where the row version is still `expectedRowVersion`.
        case update(expectedRowVersion: Int64)
        /// Nothing changed but that the source was heard: `sync_version`, `last_synced_at`.
        case touch
    }

    package var kind: Kind
    /// The row as it shall be, `rowVersion` included.
    package var snapshot: ServiceSnapshot
    /// Checksum of `snapshot.content`, for `sync_checksum`; nil for a touch, which leaves it.
    package var checksum: String?
    /// The fields whose values differ from the row before the fold.
    package var changed: ServiceFieldSet
    /// The newest applied event's time or the file's `as_of`, for `source_updated_at`.
    package var sourceUpdatedAt: Timestamp
    /// The newest applied event, by the id of its log row; nil if no event wrote it.
    package var lastAppliedLogID: Int64?
}

/// A review item that a fold, or a row of a file, opens.
package struct OpenedReview: Equatable, Sendable {
    /// The event that is held; nil for a row of a file.
    package var logID: Int64?
    /// The row version that the proposal was compared with; nil never, 1 for a service that was
    /// created in the same fold.
    package var baseRowVersion: Int64
    package var current: ServiceContent
    package var proposed: ServiceContent
    /// Checksum of `proposed`.
    package var checksum: String
    package var origins: FieldOrigins
    package var reasons: [BreakingReason]
    package var changes: [FieldChange]
    /// The event of this fold that took its place; nil for an item that stays open.
    package var supersededBy: Int64?
}

/// A review item from before the fold that an event of the fold superseded.
package struct SupersededReview: Equatable, Sendable {
    package var id: Int64
    /// Its held event, which becomes skipped with the reason `superseded`; nil if it was a file's.
    package var logID: Int64?
    /// The event that superseded it.
    package var supersededBy: Int64
}
