import Probes

/// What a row of a file does to its service; the edge carries it out in one transaction.
package struct RowDecision: Equatable, Sendable {
    package var outcome: RowOutcome
    /// The service as it stands; nil if there is none.
    package var current: ServiceContent?
    /// The service as the file has it.
    package var proposed: ServiceContent?
    /// The fields in which the two differ, in the order of `ServiceField`.
    package var differing: ServiceFieldSet
    package var write: ServiceWrite?
    package var opened: OpenedReview?
    /// The item that was open, and that the file has overtaken.
    package var superseded: OpenReview?
    package var mark: StreamMark?
    package var refused: RefusedContent?

    /// Nothing but the outcome: the service and its stream stay as they are.
    init(_ outcome: RowOutcome, of entity: EntityState) {
        self.outcome = outcome
        current = entity.snapshot?.content
        differing = ServiceFieldSet()
        mark = entity.mark
        refused = entity.refused
    }
}
