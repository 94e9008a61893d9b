import Probes

/// A partition of a group.
struct LagPage: DetailContent {
    let row: LagRow
    let context: DrawContext

    func write(into document: inout Document) {
        document.field(
            "partition",
            [
                Span("\(row.topic)/\(row.partition)", Style(.title)),
                Span(row.isOurs ? "" : "  only watched", Style(.muted)),
            ])
        document.field("group", row.group)
        document.field(
            "status",
            [
                Span(row.status.rawValue, Style(row.status.role)),
                Span("  \(row.status.words)", Style(.muted)),
            ])
        if let reason = row.pausedReason {
            document.field(
                "paused", "\(context.near(row.pausedAt))\(row.pausedByWords): \(reason)", .warning)
        }
        document.field("sought", sought, .warning)
        document.blank()
        document.field("lag", "\(Count.full(row.lagMessages)) messages")
        document.field("in", "\(Count.rate(row.producedPerSecond)) messages a second")
        document.field("out", "\(Count.rate(row.consumedPerSecond)) messages a second")
        document.field("trend", [row.trend])
        document.field(
            "empty in",
            row.lagMessages == 0 ? "empty now" : Age.forecast(seconds: row.drainSeconds))
        document.blank()
        document.field("next to read", Count.full(row.currentOffset))
        document.field("end", Count.full(row.endOffset))
        document.field("oldest kept", Count.full(row.lowWatermark))
        document.field("consumed by", row.engineID.map { "engine \($0)" })
    }

    /// Who set the position last, when, from where to where, and why.
    private var sought: String? {
        guard let seek = row.lastSeek else { return nil }
        let from = seek.from.map { "from \(Count.full($0)) " } ?? ""
        let reason = seek.reason.map { ": \($0)" } ?? ""
        return
            "\(context.near(seek.at)) by \(seek.by), \(from)to \(Count.full(seek.offset))\(reason)"
    }
}

extension LagRow {
    /// Who has paused it: a person, or the engine itself.
    var pausedByWords: String {
        switch pausedBy {
        case nil: ""
        case "SYNC_JOB"?: " by the engine"
        case let name?: " by \(name)"
        }
    }
}
