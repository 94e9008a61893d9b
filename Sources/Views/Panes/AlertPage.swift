import Probes

/// An alert: what is wrong, since when, what to do, whom to call, who was told.
struct AlertPage: DetailContent {
    let detail: AlertDetail
    let context: DrawContext

    func write(into document: inout Document) {
        let row = detail.row
        document.paragraph(row.summary, row.state == .resolved ? .normal : row.severity.role)
        document.blank()
        document.field(
            "alert",
            [
                Span(row.rule, Style(.title)),
                Span(row.subject.isEmpty ? "" : "  \(row.subject)"),
            ])
        document.field(
            "state",
            [
                Span(row.stateWords, Style(row.role)),
                Span("  \(row.severity.rawValue)", Style(row.severity.role)),
                Span("  \(since)", Style(.muted)),
            ])
        if row.valueWords.isEmpty {
            document.field("what", row.details)
        } else {
            document.field(
                "value", [Span(row.valueWords), Span("  rule: \(row.condition)", Style(.muted))])
            document.field("of", row.details)
        }
        if row.occurrences > 1 {
            document.field("how often", Count.of(row.occurrences, "time"))
        }
        if let taken = row.acknowledgement {
            document.field(
                "taken by",
                [
                    Span(taken.by),
                    Span(
                        "  \(context.near(taken.at))" + (taken.reason.map { ": \($0)" } ?? ""),
                        Style(.muted)),
                ])
        }
        if let silence = row.silence {
            document.field(
                "silenced",
                [
                    Span("until \(context.near(silence.until)) by \(silence.by)", Style(.accent)),
                    Span("  \(silence.reason)", Style(.muted)),
                ])
        }
        document.blank()
        if let runbook = row.runbook {
            document.field(
                "what to do",
                [
                    Span("w", Style(.key)),
                    Span(" opens its runbook; ", Style(.muted)),
                    Span("syncconsole runbook \(runbook)"),
                ])
        }
        if let system = row.sourceSystem {
            document.field("source system", system)
            document.field("call", row.contact ?? "no contact is configured for \(system)")
        }
        document.heading("Told")
        writeDeliveries(into: &document)
        if !detail.history.isEmpty {
            document.heading("History")
            for entry in detail.history.suffix(50) { write(entry, into: &document) }
        }
    }

    private var since: String {
        let row = detail.row
        switch row.state {
        case .pending: return "since \(context.near(row.startedAt))"
        case .firing: return "since \(context.near(row.firedAt ?? row.startedAt))"
        case .resolved:
            return
                "\(context.near(row.firedAt ?? row.startedAt)) to \(context.near(row.resolvedAt))"
        }
    }

    private func writeDeliveries(into document: inout Document) {
        let row = detail.row
        guard !row.deliveries.isEmpty else {
            document.paragraph(
                row.channels.isEmpty
                    ? "The rule names no channel: it is only shown."
                    : "Nobody: the rule names \(row.channels.joined(separator: ", ")).", .muted)
            return
        }
        for delivery in row.deliveries {
            let (sign, role) = delivery.mark(context.glyphs)
            var spans = [
                Span("\(sign) ", Style(role)), Span(delivery.channel),
                Span("  \(delivery.kind.rawValue)", Style(.muted)),
                Span("  \(delivery.stateWords)", Style(role)),
            ]
            if let sent = delivery.sentAt {
                spans.append(Span("  \(context.near(sent))", Style(.muted)))
            } else if let next = delivery.nextAttemptAt {
                spans.append(Span("  next try \(context.near(next))", Style(.muted)))
            }
            if delivery.attempts > 1 {
                spans.append(Span("  \(Count.of(delivery.attempts, "attempt"))", Style(.muted)))
            }
            if let error = delivery.error { spans.append(Span("  \(error)", Style(.warning))) }
            document.paragraph(spans, hanging: 4)
        }
    }

    private func write(_ entry: AlertDetail.Entry, into document: inout Document) {
        var spans = [Span("\(context.near(entry.at))  ", Style(.muted)), Span(entry.change)]
        if let by = entry.operatorName { spans.append(Span("  \(by)", Style(.muted))) }
        if let message = entry.message { spans.append(Span("  \(message)")) }
        document.paragraph(spans, hanging: 10)
    }
}

extension AlertDelivery {
    var stateWords: String { state == .givenUp ? "given up" : state.rawValue }
}
