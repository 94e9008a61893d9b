import Probes

/// A breaker of one engine: why it is as it is, and when it is tried again.
struct BreakerPage: DetailContent {
    let row: BreakerRow
    /// The same breaker in the other engines.
    let others: [BreakerRow]
    let context: DrawContext

    func write(into document: inout Document) {
        document.field(
            "breaker",
            [
                Span(row.key, Style(.title)),
                Span(row.vendor.map { "  calls to \($0)'s agent" } ?? "", Style(.muted)),
            ])
        document.field(
            "state",
            [
                Span(
                    "\(row.state.sign(context.glyphs)) \(row.stateWords)", Style(row.state.role)),
                Span("  since \(context.near(row.changedAt))", Style(.muted)),
            ])
        if row.state == .open { document.field("next try", [row.nextTry(context), Span(probeAt)]) }
        if row.state == .halfOpen {
            document.field("next try", "one call is let through; it decides", .warning)
        }
        if row.isForced { document.field("by order of", row.lastError, .warning) }
        document.field("opened", row.openedAt.map { context.zone.full($0) })
        document.field("window", window)
        document.field("engine", row.engine + (row.isEngineLive ? "" : " (gone)"))
        for other in others {
            document.field(
                other.id == others.first?.id ? "elsewhere" : "",
                [
                    Span("\(other.engine)  "),
                    Span(
                        "\(other.state.sign(context.glyphs)) \(other.stateWords)",
                        Style(other.state.role)),
                ])
        }
        writeErrors(into: &document)
        document.blank()
        document.paragraph(
            "It opens when more than half of at least five calls in the window fail, lets one call "
                + "through at its next try, and closes if that succeeds. Each engine counts for "
                + "itself; what an operator orders holds for all.", .muted)
    }

    private var probeAt: String {
        guard !row.isForced, let retryAt = row.retryAt else { return "" }
        return "  \(context.near(retryAt)), one call"
    }

    private var window: [Span] {
        guard row.calls > 0 else { return [Span("no calls", Style(.muted))] }
        let failed =
            row.failures > 0
            ? "\(Count.full(row.failures)) of \(Count.of(row.calls, "call")) failed"
            : row.failurePercent > 0
                ? "\(Count.percent(row.failurePercent)) of \(Count.of(row.calls, "call")) failed"
                : "none of \(Count.of(row.calls, "call")) failed"
        let share = row.failures > 0 ? "  \(Count.percent(row.failurePercent))" : ""
        return [Span(failed), Span(share, Style(.muted))]
    }

    private func writeErrors(into document: inout Document) {
        guard !row.lastFailures.isEmpty else {
            document.field("last error", row.lastError)
            return
        }
        document.heading("Last errors")
        for failure in row.lastFailures {
            document.paragraph(
                [
                    Span("\(context.near(failure.at))  ", Style(.muted)), Span(failure.message),
                ], hanging: 10)
        }
    }
}
