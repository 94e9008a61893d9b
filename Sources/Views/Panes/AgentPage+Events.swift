import Probes

/// What an agent has sent, and what comparisons with it have come to, in a line each.
extension AgentPage {
    func writeEvents(into document: inout Document) {
        let sent = detail.comparisons.filter { $0.type == "incremental_sync" }
        let compared = detail.comparisons.filter { $0.type != "incremental_sync" }
        if !compared.isEmpty {
            document.heading("Comparisons")
            for one in compared { document.paragraph(line(of: one), hanging: 10, limit: 3) }
        }
        if !sent.isEmpty {
            document.heading("What it sent")
            for one in sent { document.paragraph(line(of: one), hanging: 10, limit: 3) }
        }
    }

    private func line(of event: AgentDetail.Comparison) -> [Span] {
        [
            Span("\(context.near(event.at))  ", Style(.muted)),
            Span(event.runID.map { "run \($0)  " } ?? "", Style(.muted)),
        ] + VendorEventWords(event).spans
    }
}

/// The counts of an event as a sentence.
private struct VendorEventWords {
    let event: AgentDetail.Comparison
    let summary: JSONValue

    init(_ event: AgentDetail.Comparison) {
        self.event = event
        summary = JSONValue(displaying: event.summary) ?? .null
    }

    var spans: [Span] {
        switch event.type {
        case "incremental_sync": received
        case "full_checksum": compared
        case "drift_detected": drifted
        case "drift_resolved": resolved
        default: [Span(event.type.replacing("_", with: " "))]
        }
    }

    /// `items  8 received: 7 written, 1 unchanged`
    private var received: [Span] {
        var kind = ""
        if case .string(let name) = summary["kind"] { kind = name }
        let failed = count("failed")
        let parts = [
            (count("processed"), "written"), (count("skipped"), "unchanged"), (failed, "refused"),
        ].filter { $0.0 > 0 }.map { "\(Count.full($0.0)) \($0.1)" }.joined(separator: ", ")
        return [
            Span("\(kind)  "),
            Span(
                "\(Count.full(count("received"))) received\(parts.isEmpty ? "" : ": \(parts)")",
                Style(failed > 0 ? .warning : .muted)),
        ]
    }

    private var compared: [Span] {
        let (ours, theirs) = (count("ours", "count"), count("theirs", "count"))
        if summary["equal"] == .bool(true) {
            return [Span("equal", Style(.ok)), Span("  all \(items(ours))", Style(.muted))]
        }
        return [
            Span("differs", Style(.warning)),
            Span(
                "  \(items(ours)) here, \(Count.full(theirs)) at the agent's", Style(.muted)),
        ]
    }

    private var drifted: [Span] {
        let drift = count("drifted")
        return [
            Span("\(items(drift)) \(drift == 1 ? "differs" : "differ")", Style(.warning)),
            Span(
                "  found with \(Count.of(count("requests"), "call")),"
                    + " \(Count.full(count("ranges"))) ranges", Style(.muted)),
        ]
    }

    private var resolved: [Span] {
        let parts = [
            ("corrected", "corrected"), ("created", "created"), ("orphaned", "removed"),
            ("newer", "left, being newer here"),
        ].map { (count("counts", $0.0), $0.1) }.filter { $0.0 > 0 }
            .map { "\(Count.full($0.0)) \($0.1)" }.joined(separator: ", ")
        let failed = count("counts", "failed")
        return [
            Span("ended", Style(failed > 0 ? .warning : .ok)),
            Span("  \(parts.isEmpty ? "nothing to correct" : parts)", Style(.muted)),
            Span(failed > 0 ? "  \(Count.full(failed)) cannot be taken" : "", Style(.critical)),
        ]
    }

    private func items(_ count: Int64) -> String { Count.of(count, "item") }

    private func count(_ path: String...) -> Int64 {
        let value = path.reduce(summary as JSONValue?) { $0?[$1] }
        return value.flatMap { Int64($0.plain) } ?? 0
    }
}
