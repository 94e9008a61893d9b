import Probes

/// A job: what it waits for or how it ended, its order, its calls, what it sends.
struct JobPage: DetailContent {
    let detail: JobDetail
    let context: DrawContext

    func write(into document: inout Document) {
        writeJob(into: &document)
        writeOrder(into: &document)
        writeCalls(into: &document)
        if let metadata = detail.metadata {
            document.heading("What the agent said besides")
            document.payload(metadata)
        }
        if let stack = detail.errorStack, !stack.isEmpty {
            document.heading("Where it failed")
            document.paragraph(stack, .muted)
        }
        document.heading("Payload")
        document.payload(detail.payload)
    }

    private func writeJob(into document: inout Document) {
        let row = detail.row
        document.field("state", [row.state.sign(context.glyphs)] + times)
        if row.state.isUnfinished { document.field("now", row.story(context)) }
        document.field("error", row.error, .critical)
        document.field("became", letter)
        document.field("job", [Span(row.kindWords, Style(.title))])
        document.field("vendor", vendor)
        document.field("attempts", attempts)
        if row.state == .pending { document.field("next try", [row.nextTry(context), dueAt]) }
        if let callback = row.callbackBy, row.state == .processing {
            document.field("callback by", context.zone.full(callback))
        }
        if row.state.isUnfinished {
            document.field("given up at", row.expiresAt.map { context.zone.full($0) })
        }
        document.field("in place of", row.retriedFrom.map { "job \($0)" })
        document.field("correlation", row.correlationID, .muted)
    }

    private var times: [Span] {
        let row = detail.row
        var words = "  made \(context.near(row.createdAt))"
        if let end = row.completedAt {
            words += ", ended \(context.near(end)) after "
            words += Age.exact(end.since(row.createdAt))
        } else if let start = row.startedAt {
            words += ", taken up \(context.near(start))"
        }
        return [Span(words, Style(.muted))]
    }

    private var letter: String? {
        detail.row.letterID.map { id in
            "dead letter \(id)" + (detail.row.letterState.map { ", \($0.rawValue)" } ?? "")
        }
    }

    private var vendor: [Span] {
        var spans = [Span(detail.row.vendor)]
        if let state = detail.agentState {
            spans += [Span("  agent ", Style(.muted)), state.sign(context.glyphs)]
        } else {
            spans.append(Span("  no agent has ever registered for it", Style(.warning)))
        }
        return spans
    }

    private var attempts: [Span] {
        let row = detail.row
        let words =
            row.attempts == 0
            ? "none failed, of \(row.maxAttempts)"
            : "\(row.attempts) of \(row.maxAttempts) failed"
        return [Span(words), Span("; waiting for the agent consumes none", Style(.muted))]
    }

    private var dueAt: Span {
        Span(
            detail.row.nextAttemptAt.map { "  \(context.zone.full($0))" } ?? "", Style(.muted))
    }

    // MARK: Its order

    private func writeOrder(into document: inout Document) {
        guard let order = detail.order else { return }
        document.heading("Order")
        document.field(
            "order", [Span(order.number, Style(.title)), Span("  \(order.status)", role(order))])
        document.field("in the ERP", order.erpReference ?? detail.row.erpReference)
        document.field("service", order.serviceCode)
        if let id = order.serviceOrderID {
            document.field(
                "service order",
                "\(id)" + (order.serviceOrderStatus.map { ", \($0.lowercased())" } ?? ""))
        }
        document.field(
            "came in",
            "\(context.zone.full(order.createdAt)) "
                + (order.origin == "topic" ? "from its topic" : "over HTTP"))
        for job in detail.siblings {
            document.field(
                "job \(job.id)",
                [Span("\(job.kindWords)  "), job.state.sign(context.glyphs), Span("  ")]
                    + job.story(context))
        }
    }

    private func role(_ order: JobDetail.Order) -> Style {
        switch order.status {
        case "confirmed": Style(.ok)
        case "failed": Style(.critical)
        default: Style(.muted)
        }
    }

    // MARK: Its calls

    private func writeCalls(into document: inout Document) {
        document.heading("Calls")
        guard !detail.calls.isEmpty else {
            document.paragraph("The agent has not been called for it yet.", .muted)
            return
        }
        for call in detail.calls.prefix(20) {
            document.paragraph(words(call), hanging: 10)
            if let report = call.report {
                document.paragraph(
                    [
                        Span("\(context.near(report.at))  ", Style(.muted)),
                        Span("the agent reports: ", Style(.warning)), Span(report.words),
                    ], hanging: 10)
            }
        }
        let rest = detail.calls.count - 20
        if rest > 0 { document.paragraph("(\(Count.full(rest)) earlier ones)", .muted) }
    }

    private func words(_ call: JobDetail.Call) -> [Span] {
        var spans = [
            Span("\(context.near(call.startedAt))  ", Style(.muted)),
            Span("attempt \(call.attempt)  "),
        ]
        guard let outcome = call.outcome, let end = call.endedAt else {
            return spans + [
                Span("no answer is written down: it may have arrived", Style(.warning)),
                Span(call.engineID.map { "  engine \($0)" } ?? "", Style(.muted)),
            ]
        }
        let isGood = call.httpStatus.map { (200..<300).contains($0) } ?? false
        spans.append(
            Span(
                outcome.replacing("_", with: " "), Style(isGood ? .ok : .warning)))
        // Many a message begins with it.
        let status = call.httpStatus.map { "HTTP \($0)" }
        if let status, call.message?.hasPrefix(status) != true {
            spans.append(Span("  \(status)"))
        }
        spans.append(Span("  \(milliseconds(call.startedAt, end))", Style(.muted)))
        if let message = call.message { spans.append(Span("  \(message)")) }
        return spans
    }

    private func milliseconds(_ start: Timestamp, _ end: Timestamp) -> String {
        let passed = max(0, end.microseconds - start.microseconds) / 1_000
        return passed < 10_000 ? "\(Count.full(passed)) ms" : "\(passed / 1_000) s"
    }
}
