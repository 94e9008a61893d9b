import Probes

/// A vendor's agent: whether it is there, what it has to do, and how it has been.
struct AgentPage: DetailContent {
    let detail: AgentDetail
    let context: DrawContext

    func write(into document: inout Document) {
        writeAgent(into: &document)
        writeJobs(into: &document)
        writeBreakers(into: &document)
        writeMappings(into: &document)
        writeHistory(into: &document)
        writeEvents(into: &document)
    }

    private func writeAgent(into document: inout Document) {
        let row = detail.row
        document.field(
            "vendor", [Span(row.vendor, Style(.title)), Span("  \(row.erpType)", Style(.muted))])
        document.field(
            "status",
            [
                row.state.sign(context.glyphs),
                Span("  since \(context.near(row.since))", Style(.muted)),
            ])
        if row.state == .removed {
            document.paragraph(
                "It was deregistered: its token is void, and it is called no more. It may register "
                    + "again.", .muted)
        }
        document.field("heartbeat", heartbeat)
        document.field("up, 24 h", [row.uptime, Span("  of the time online", Style(.muted))])
        document.field("called at", row.url)
        document.field("version", row.version)
        document.field("registered", context.zone.full(row.registeredAt))
    }

    private var heartbeat: [Span] {
        guard let last = detail.row.lastHeartbeatAt else {
            return [Span("none yet", Style(.muted))]
        }
        return [
            Span(context.zone.full(last)),
            Span(
                context.age(last) == "now" ? "" : "  \(context.age(last)) ago", Style(.muted)),
        ]
    }

    private func writeJobs(into document: inout Document) {
        document.heading("Jobs")
        guard let jobs = detail.jobs else {
            document.paragraph("Nothing waits, nothing is in hand, nothing has failed.", .muted)
            return
        }
        let held = [
            (jobs.agentOffline, "for the agent"), (jobs.breakerOpen, "for its breaker"),
            (jobs.notConfigured, "to be configured"),
            (jobs.backoff, "to be tried again"),
        ].filter { $0.0 > 0 }.map { "\(Count.full($0.0)) \($0.1)" }.joined(separator: ", ")
        document.field(
            "pending",
            [
                Span(Count.full(jobs.pending)),
                Span(held.isEmpty ? "" : "  of them \(held)", Style(.warning)),
                Span(
                    jobs.oldestPendingAt.map { "  the oldest \(context.age($0))" } ?? "",
                    Style(.muted)),
            ])
        document.field(
            "in hand",
            [
                Span(Count.full(jobs.processing)),
                Span(
                    jobs.callback > 0
                        ? "  "
                            + Count.of(
                                jobs.callback, "waits for its callback", "wait for their callbacks")
                        : "",
                    Style(.muted)),
            ])
        document.field(
            "failed",
            [Span(Count.full(jobs.failed), Style(jobs.failed > 0 ? .critical : .normal))])
    }

    private func writeBreakers(into document: inout Document) {
        document.heading("Breakers")
        guard !detail.row.breakers.isEmpty else {
            document.paragraph("No call has been made to it since the engines started.", .muted)
            return
        }
        for breaker in detail.row.breakers {
            let sign = "\(breaker.state.sign(context.glyphs)) \(breaker.state.words)"
            document.field(breaker.kind, [Span(sign, Style(breaker.state.role))])
        }
    }

    private func writeMappings(into document: inout Document) {
        document.heading("Codes in our words")
        guard !detail.mappings.isEmpty else {
            document.paragraph("None of its codes has a word of ours.", .muted)
            return
        }
        for count in detail.mappings {
            var spans = [Span("\(Count.full(count.active)) mapped")]
            if count.inactive > 0 {
                spans.append(Span("  \(Count.full(count.inactive)) inactive", Style(.muted)))
            }
            if count.unmapped > 0 {
                spans.append(
                    Span(
                        "  \(Count.full(count.unmapped)) without a word of ours",
                        Style(count.type.isRequired ? .critical : .warning)))
            }
            document.field(count.type.rawValue, spans)
        }
    }

    private func writeHistory(into document: inout Document) {
        guard !detail.history.isEmpty else { return }
        document.heading("How it has been")
        for change in detail.history {
            document.paragraph(
                [
                    Span("\(context.near(change.at))  ", Style(.muted)),
                    change.state.sign(context.glyphs), Span("  \(change.reason)", Style(.muted)),
                ], hanging: 10)
        }
    }
}

extension AgentRow.Breaker {
    /// What kind of call it watches: the key without the vendor.
    var kind: String {
        key.split(separator: ":").last.map(String.init) ?? key
    }
}
