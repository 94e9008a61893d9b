/// The fold: a service, its events in order, and what becomes of both.
///
/// A pure function. How a history is cut into batches makes no difference to the final state or to
/// any event's final disposition; a property test holds it to that.
///
/// The states of a service's stream: free, or blocked by an event that waits for its retry (all
/// later ones are parked). The states of its proposal: none, open, refused.
///
///     none ── breaking event ──▶ open ── breaking event ──▶ open (another id)
///       ▲                         │ approved, harmless event, deprecation
///       ├─────────────────────────┘
///       └── other content ── refused ◀── rejected ── open
package enum CatalogFold {
    /// Decides `events`, in arrival order, all of the service `entity`.
    ///
    /// While draining the events are the whole queue, the one whose retry is due first. Otherwise
    /// they are new arrivals, and are parked if the service is blocked.
    package static func fold(
        entity: EntityState, events: [PendingEvent], context: FoldContext
    ) -> EntityOutcome {
        var run = FoldRun(entity: entity, context: context)
        for event in order(of: events, entity: entity, context: context) {
            run.decide(event)
        }
        return run.outcome(inOrderOf: events)
    }

    /// The order of a queue: arrival, unless it waits for a service whose creation stands in it.
    ///
    /// A deprecation that overtook its creation would keep failing at the head; ordered by the
    /// events' own time, the creation goes first.
    static func order(
        of events: [PendingEvent], entity: EntityState, context: FoldContext
    ) -> [PendingEvent] {
        guard context.isDraining, entity.snapshot == nil,
            events.first?.event.eventType == .deprecated,
            events.contains(where: { FoldRun.canCreate(from: $0.event) })
        else { return events }
        return events.enumerated().sorted { left, right in
            let (first, second) = (left.element.event, right.element.event)
            return (first.eventTimestamp, left.offset) < (second.eventTimestamp, right.offset)
        }.map(\.element)
    }
}
