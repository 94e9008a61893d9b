import Probes

/// A job of the schedule that has started no run.
struct SchedulePage: DetailContent {
    let row: ScheduleRow
    let context: DrawContext

    func write(into document: inout Document) {
        document.field("job", row.name, .title)
        document.field("does", [Span(row.job), Span(row.source.map { "  of \($0)" } ?? "")])
        document.field(
            "when", [Span(row.cron), Span("  by the clock of \(row.timeZone)", Style(.muted))])
        document.field("state", [row.state.sign(context.glyphs)])
        if row.state == .paused {
            document.field(
                "paused",
                "\(context.near(row.pausedAt)) by \(row.pausedBy ?? "somebody")"
                    + (row.pausedReason.map { ": \($0)" } ?? ""), .warning)
        }
        document.field("next", [row.next(context), Span("  ")] + row.nextThere)
        document.blank()
        document.field("last due", row.lastDueAt.map { context.zone.full($0) })
        document.field("last started", row.lastStartedAt.map { context.zone.full($0) })
        document.field("last result", [row.result(context.glyphs)])
        document.field("said", row.lastMessage)
        document.field("missed", Count.of(row.missedTotal, "time"))
        document.blank()
        document.paragraph(
            "After an outage a job is started once, however often it was due. What is resumed, or "
                + "configured anew, catches nothing up.", .muted)
    }
}
