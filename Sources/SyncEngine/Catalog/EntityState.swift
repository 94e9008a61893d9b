import Probes

/// What the database knows of one service when the fold of its events begins.
package struct EntityState: Equatable, Sendable {
    /// `external_service_code`.
    package var code: String
    /// Nil if there is no such service yet.
    package var snapshot: ServiceSnapshot?
    package var mark: StreamMark?
    package var openReview: OpenReview?
    package var refused: RefusedContent?
    /// The log id of the event that waits for its retry; later events are parked behind it.
    package var blockedBy: Int64?

    package init(
        code: String, snapshot: ServiceSnapshot? = nil, mark: StreamMark? = nil,
        openReview: OpenReview? = nil, refused: RefusedContent? = nil, blockedBy: Int64? = nil
    ) {
        self.code = code
        self.snapshot = snapshot
        self.mark = mark
        self.openReview = openReview
        self.refused = refused
        self.blockedBy = blockedBy
    }
}

/// The one review item of a service that waits for a person.
package struct OpenReview: Equatable, Sendable {
    package var id: Int64
    /// The source's newest state as known: the next event is laid over it.
    package var proposed: ServiceContent
    /// Where each proposed value came from.
    package var origins: FieldOrigins
    /// The event that is held; nil if a file's line is.
    package var logID: Int64?

    package init(id: Int64, proposed: ServiceContent, origins: FieldOrigins, logID: Int64?) {
        self.id = id
        self.proposed = proposed
        self.origins = origins
        self.logID = logID
    }

    /// What the source said last of the service's values, and where it said so.
    ///
    /// Nil where the item proposes to deprecate a service that its file lacks: of its values the
    /// source has said nothing then.
    package var sourceState: (content: ServiceContent, origins: FieldOrigins)? {
        proposed.status == .deprecated ? nil : (proposed, origins)
    }
}

/// The content that a person refused last; the same content again is skipped.
package struct RefusedContent: Equatable, Sendable {
    /// `CanonicalForm.checksum` of the refused content.
    package var checksum: String
    package var reviewID: Int64

    package init(checksum: String, reviewID: Int64) {
        self.checksum = checksum
        self.reviewID = reviewID
    }
}

/// One event of the entity that is to be decided.
package struct PendingEvent: Equatable, Sendable {
    /// The id of its row in the event log; by it the outcome refers to the event.
    package var logID: Int64
    package var position: EventPosition
    package var event: CatalogEvent
    /// Attempts made before this one; 0 for an event that just arrived or was parked.
    package var attempts: Int
    /// The dead letter that is being retried.
    package var letterID: Int64?
    /// An admin wants it decided although newer events were.
    package var overrideStale: Bool

    package init(
        logID: Int64, position: EventPosition, event: CatalogEvent, attempts: Int = 0,
        letterID: Int64? = nil, overrideStale: Bool = false
    ) {
        self.logID = logID
        self.position = position
        self.event = event
        self.attempts = attempts
        self.letterID = letterID
        self.overrideStale = overrideStale
    }
}
