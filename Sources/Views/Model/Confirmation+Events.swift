import Probes

extension Confirmation {
    /// Deciding events of the log anew: as a dry run, unless that is switched off.
    static func events(_ model: ConsoleModel) -> Confirmation {
        let rows: [EventRow]
        switch model.detail?.subject {
        case .event(let id):
            guard let row = model.eventDetail(id)?.row ?? model.row(EventList.self, id: .number(id))
            else { return .obstacle("The event is still being read; look at it first.") }
            rows = [row]
        case nil: rows = model.targetRows(EventList.self)
        default: return .obstacle("Esc first: the event is not in view.")
        }
        guard let first = rows.first else { return .obstacle("No event is selected.") }
        let decided = rows.filter { $0.status == .processed || $0.status == .skipped }
        guard !decided.isEmpty else {
            return .obstacle(
                rows.count > 1 ? "None of these events was decided." : undecided(first.status))
        }
        var lines = [
            Span(names(decided.map { $0.serviceCode ?? $0.eventID }), Style(.title)),
            Span(
                decided.count == 1
                    ? "The event is decided anew with its own payload, by today's rules."
                    : "The events are decided anew with their own payloads, by today's rules, each "
                        + "service's in the order of the log."),
            Span(
                "One that is older than what was decided of its service since is skipped as stale.",
                Style(.muted)),
        ]
        lines += leftOut(rows.count - decided.count, "not decided, or dead letters")
        lines += extent(of: rows.count, .events, model)
        return dialog(
            .replayEvents(
                decided.map(\.id), overrideStale: false, dryRun: true, reason: ""),
            lines: lines, reason: .needed, others: [.dryRun(true), .overrideStale(false)],
            word: nil, model)
    }

    private static func undecided(_ status: EventStatus) -> String {
        switch status {
        case .held: "This event waits for review: decide its change."
        case .deadLettered: "This event is a dead letter: retry that."
        default: "This event waits to be decided as it is."
        }
    }
}
