import Probes

/// A dead letter: what failed, what was tried, what it said.
struct LetterPage: DetailContent {
    let detail: LetterDetail
    let context: DrawContext

    func write(into document: inout Document) {
        let row = detail.row
        if let warning = detail.staleWarning {
            document.paragraph(warning, .warning)
            document.blank()
        }
        var state = [Span(row.state.rawValue, Style(row.state.role))]
        if let by = row.resolvedBy {
            state.append(Span("  by \(by) \(context.near(row.resolvedAt))", Style(.muted)))
        }
        document.field("state", state)
        document.field("resolution", row.resolution)
        document.field("reason", row.reason, .title)
        document.field("error", row.error, .critical)
        document.field(
            "failed",
            [
                Span(context.zone.full(row.createdAt)),
                Span("  in \(row.stage), \(tries)", Style(.muted)),
            ])
        document.blank()
        document.field(row.entityType ?? "entity", row.entityID)
        if row.eventType != nil || row.eventID != nil {
            document.field(
                "event",
                [
                    Span(row.eventType ?? "(no type)"),
                    Span(row.eventID.map { "  \($0)" } ?? "", Style(.muted)),
                ])
        }
        document.field(
            "place",
            [
                Span(row.place ?? row.origin),
                Span(row.key.map { "  key \($0)" } ?? "", Style(.muted)),
            ])
        document.field("vendor", row.vendor)
        document.field("job", row.jobID.map { "\($0)" })
        document.field("fingerprint", row.fingerprint, .muted)
        if !detail.history.isEmpty {
            document.heading("History")
            for entry in detail.history.suffix(30) { write(entry, into: &document) }
        }
        document.headers(detail.headers)
        document.heading("Payload")
        document.payload(detail.payload)
    }

    private var tries: String {
        let row = detail.row
        return Count.of(row.attempts, "attempt") + (row.sqlstate.map { ", SQLSTATE \($0)" } ?? "")
    }

    private func write(_ entry: LetterHistoryEntry, into document: inout Document) {
        var spans = [
            Span("\(context.near(entry.at))  ", Style(.muted)), Span(entry.action),
            Span("  \(entry.result)", Style(entry.result == "done" ? .ok : .warning)),
        ]
        if let by = entry.operatorName { spans.append(Span("  \(by)", Style(.muted))) }
        if let message = entry.message { spans.append(Span("  \(message)")) }
        document.paragraph(spans, hanging: 10)
    }
}
