import Probes

/// The state of one fold while it goes through the events.
struct FoldRun {
    let entity: EntityState
    let context: FoldContext
    var snapshot: ServiceSnapshot?
    var mark: StreamMark?
    var refused: RefusedContent?
    var blockedBy: Int64?
    var openItem: OpenItem
    var supersededReview: SupersededReview?
    var openedReviews: [OpenedReview] = []
    /// By log id.
    var decisions: [Int64: EventDecision] = [:]
    var creation: ServiceWrite.Kind?
    /// The newest event that was applied, if any was.
    var lastApplied: PendingEvent?

    /// The review item that is open at this point of the fold.
    enum OpenItem {
        case none
        /// From before the fold.
        case stored(OpenReview)
        /// Opened in this fold, by its index in `openedReviews`.
        case opened(Int)
    }

    init(entity: EntityState, context: FoldContext) {
        self.entity = entity
        self.context = context
        snapshot = entity.snapshot
        mark = entity.mark
        refused = entity.refused
        blockedBy = context.isDraining ? nil : entity.blockedBy
        openItem = entity.openReview.map(OpenItem.stored) ?? .none
    }

    mutating func decide(_ pending: PendingEvent) {
        let event = pending.event
        if blockedBy != nil { return record(.parked, of: pending) }
        if case .unknown = event.eventType {
            return record(.skipped(.unknownEventType), of: pending)
        }
        if let snapshot, let source = event.source, source != snapshot.externalSystemSource {
            return fail(
                pending, reason: "source_mismatch", place: "source",
                message: "\"\(entity.code)\" belongs to \(snapshot.externalSystemSource), "
                    + "the event comes from \(source)")
        }
        let isStale = StaleRule.isStale(
            timestamp: event.eventTimestamp, position: pending.position, mark: mark)
        if isStale, !pending.overrideStale { return record(.skipped(.stale), of: pending) }

        switch (event.eventType, snapshot) {
        case (.deprecated, let snapshot?): deprecate(snapshot, by: pending)
        case (.deprecated, nil): awaitCreation(pending)
        case (_, let snapshot?): update(snapshot, by: pending)
        case (_, nil): create(by: pending)
        }
    }

    func outcome(inOrderOf events: [PendingEvent]) -> EntityOutcome {
        EntityOutcome(
            decisions: events.compactMap { decisions[$0.logID] }, write: write,
            openedReviews: openedReviews, supersededReview: supersededReview, mark: mark,
            refused: refused, blockedBy: blockedBy)
    }

    private var write: ServiceWrite? {
        guard let snapshot, let lastApplied else { return nil }
        let kind: ServiceWrite.Kind
        if let creation {
            kind = creation
        } else if let before = entity.snapshot, before.rowVersion != snapshot.rowVersion {
            kind = .update(expectedRowVersion: before.rowVersion)
        } else {
            kind = .touch
        }
        return ServiceWrite(
            kind: kind, snapshot: snapshot,
            checksum: kind == .touch ? nil : context.canonicalForm.checksum(of: snapshot.content),
            changed: entity.snapshot.map { snapshot.content.differences(from: $0.content) } ?? .all,
            sourceUpdatedAt: lastApplied.event.eventTimestamp,
            lastAppliedLogID: lastApplied.logID)
    }
}

// MARK: Recording

extension FoldRun {
    mutating func record(
        _ disposition: Disposition, of pending: PendingEvent, warnings: [String] = []
    ) {
        decisions[pending.logID] = EventDecision(
            logID: pending.logID, disposition: disposition, warnings: warnings)
    }

    /// Records a permanent failure. It decides nothing about the service, so the mark stays.
    mutating func fail(_ pending: PendingEvent, reason: String, place: String, message: String) {
        record(
            .deadLettered(
                reason: reason, message: message, place: place, attempts: pending.attempts + 1),
            of: pending)
    }

    /// Moves the mark: the event was applied, held or refused again.
    mutating func moveMark(to pending: PendingEvent) {
        mark = StaleRule.mark(
            after: mark, deciding: pending.event.eventTimestamp, at: pending.position)
    }

    func origin(of pending: PendingEvent) -> FieldOrigin {
        FieldOrigin(
            kind: .event, at: pending.event.eventTimestamp, logID: pending.logID,
            eventID: pending.event.eventID, letterID: pending.letterID)
    }
}
