import Probes

/// A difference: what was and what the file says, what became of it, whether the source had told of
/// it, and what else happened to the service.
struct DriftPage: DetailContent {
    let detail: DriftDetail
    let context: DrawContext

    func write(into document: inout Document) {
        let row = detail.row
        var service = [Span(row.serviceCode, Style(.title))]
        if let name = detail.serviceName { service.append(Span("  \(name)")) }
        if let code = detail.fsmServiceCode { service.append(Span("  \(code)", Style(.muted))) }
        document.field(row.isOfAgent ? "item" : "service", service)
        document.field(
            "outcome",
            [
                row.outcome.sign(context.glyphs),
                Span(
                    "  \(row.outcome.words(of: row, reasons: detail.reviewReasons, wasCreated: wasCreated))",
                    Style(.muted)),
            ])
        document.field("run", run)
        if !row.isOfRevert, !row.isOfAgent {
            document.field("file", file)
            document.field("event", reception)
        }
        if row.field != nil {
            document.heading(heading)
            DiffView(
                changes: [row.fieldChange],
                sides: row.isOfRevert
                    ? (before: "before", after: "after")
                    : (before: "was here", after: row.isOfAgent ? "at the agent's" : "in the file")
            )
            .write(into: &document)
        }
        if !detail.others.isEmpty {
            document.heading("The same \(row.isOfAgent ? "item" : "service") in this run")
            for other in detail.others { write(other, isOtherRun: false, into: &document) }
        }
        writeEvents(into: &document)
        if !detail.history.isEmpty {
            document.heading("What other runs found in it")
            for other in detail.history { write(other, isOtherRun: true, into: &document) }
        }
    }

    private var heading: String {
        if detail.row.isDryRun { return "What would change" }
        if detail.row.isOfAgent { return "What the agent says" }
        return detail.row.isOfRevert ? "What was given back" : "What the file says"
    }

    /// What an earlier run did last to the service as a whole.
    private var wasCreated: Bool {
        detail.history.first { !$0.isDryRun && $0.outcome != .newer && $0.runID < detail.row.runID }
            .map { $0.outcome == .created } ?? false
    }

    private var run: [Span] {
        let row = detail.row
        var spans = [Span("\(row.runID)")]
        if let state = detail.runState {
            spans += [Span("  "), state.sign(context.glyphs)]
        }
        if row.isDryRun { spans.append(Span("  dry run", Style(.info))) }
        spans.append(
            Span("  \(row.source), found \(context.near(row.createdAt))", Style(.muted)))
        return spans
    }

    private var file: [Span] {
        var spans = [Span(detail.object ?? "(not known)")]
        if let line = detail.row.line { spans.append(Span(", line \(Count.full(line))")) }
        if let asOf = detail.asOf {
            spans.append(Span("  as of \(context.zone.full(asOf))", Style(.muted)))
        }
        return spans
    }

    private var reception: [Span] {
        [Span(detail.received.words, Style(detail.received.event == nil ? .warning : .normal))]
    }

    private func writeEvents(into document: inout Document) {
        guard !detail.received.events.isEmpty else { return }
        document.heading("Its events up to the file's time")
        for event in detail.received.events {
            var spans = [
                Span("\(event.logID)  ", Style(.muted)),
                Span(event.status.words, Style(event.status.role)),
            ]
            if let outcome = event.outcome { spans.append(Span("  \(outcome)")) }
            spans.append(
                Span(
                    "  of \(context.near(event.eventTime)), received "
                        + context.near(event.receivedAt), Style(.muted)))
            document.line(spans)
        }
    }

    private func write(_ row: DriftRow, isOtherRun: Bool, into document: inout Document) {
        var spans: [Span] = []
        if isOtherRun {
            spans.append(Span("run \(row.runID), \(context.near(row.createdAt))  ", Style(.muted)))
        }
        spans += [row.outcome.sign(context.glyphs), Span("  ")]
        if let field = row.field { spans.append(Span("\(field)  ", Style(.header))) }
        if row.field != nil { spans += row.change(context.glyphs) }
        document.paragraph(spans, hanging: 4, limit: 3)
    }
}

extension DriftRow {
    fileprivate var fieldChange: FieldChange {
        FieldChange(
            field: field ?? "", before: before ?? "null", after: after ?? "null", reasons: [])
    }
}
