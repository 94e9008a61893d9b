import Probes

/// A held change: what it is about, whom it touches, what would change, what came before.
struct ReviewPage: DetailContent {
    let detail: ReviewDetail
    let context: DrawContext
    /// From how many active orders on two people have to approve.
    let twoPeopleFrom: Int

    func write(into document: inout Document) {
        let row = detail.row
        if detail.hasServiceMoved, row.state == .open {
            document.paragraph(
                "The service has moved since this change was held. It can be rejected, or it is "
                    + "replaced when the next event of the service comes.", .warning)
            document.blank()
        }
        var service = [Span(row.serviceCode, Style(.title))]
        if let name = detail.serviceName { service.append(Span("  \(name)")) }
        if let code = detail.fsmServiceCode { service.append(Span("  \(code)", Style(.muted))) }
        document.field("service", service)
        document.field("state", [Span(row.state.rawValue, Style(row.state.role))] + decision)
        document.field("because", row.decisionReason)
        if let twoPeople { document.field("two people", twoPeople) }
        document.field(
            "held because", row.reasons.map { ReviewReason.words($0) }.joined(separator: ", "))
        document.field("impact", impact)
        document.field("from", origin)
        // Who rejects a change tells its source, or it comes again.
        document.field("call", row.sourceSystem.flatMap { context.contacts[$0] })
        document.heading("What would change")
        DiffView(changes: detail.changes).write(into: &document)
        if detail.changes.isEmpty { document.paragraph("Nothing differs any more.", .muted) }
        writeEarlier(into: &document)
    }

    private var decision: [Span] {
        let row = detail.row
        var words = "  held \(context.near(row.createdAt)), \(context.age(row.createdAt)) ago"
        if context.age(row.createdAt) == "now" { words = "  held just now" }
        if let by = row.decidedBy { words += ", by \(by) \(context.near(row.decidedAt))" }
        return [Span(words, Style(.muted))]
    }

    /// Nothing where one person is enough.
    private var twoPeople: [Span]? {
        let row = detail.row
        if let glassBrokenAt = row.glassBrokenAt {
            let broken = Span(
                "glass broken \(context.near(glassBrokenAt)) by \(row.decidedBy ?? "one person")",
                Style(row.needsSecondLook ? .critical : .muted))
            guard let by = row.secondLookBy else {
                return [broken, Span("  a second look is due", Style(.warning))]
            }
            return [broken, Span("  \(by) looked \(context.near(row.secondLookAt))", Style(.ok))]
        }
        let orders = max(row.impactActiveOrders, detail.activeOrdersNow)
        if let first = row.firstApprover {
            let words = "\(first) approved \(context.near(row.firstApprovedAt))"
            return row.state == .open
                ? [Span(words), Span("  somebody else must approve it too", Style(.warning))]
                : [Span(words, Style(.muted))]
        }
        guard row.state == .open, orders >= twoPeopleFrom else { return nil }
        return [
            Span("must approve: \(Count.full(twoPeopleFrom)) orders or more", Style(.warning))
        ]
    }

    private var impact: [Span] {
        let (then, now) = (detail.row.impactActiveOrders, detail.activeOrdersNow)
        let role: Role = max(then, now) > 0 ? .warning : .normal
        var spans = [Span(Count.of(now, "active order"), Style(role))]
        if then != now {
            spans.append(Span("  (\(Count.full(then)) when it was held)", Style(.muted)))
        }
        return spans
    }

    private var origin: [Span] {
        let row = detail.row
        var words = row.origin
        if let system = row.sourceSystem { words += " of \(system)" }
        if let event = detail.eventID { words += "  \(event)" }
        return [Span(words)]
    }

    private func writeEarlier(into document: inout Document) {
        guard !detail.earlier.isEmpty else { return }
        document.heading("Earlier changes of this service")
        for row in detail.earlier.prefix(20) {
            var spans = [
                Span("\(row.id)  ", Style(.muted)),
                Span(row.state.rawValue, Style(row.state.role)),
                Span("  \(context.near(row.decidedAt ?? row.createdAt))", Style(.muted)),
            ]
            if let by = row.decidedBy { spans.append(Span("  \(by)")) }
            if let reason = row.decisionReason { spans.append(Span("  \(reason)", Style(.muted))) }
            document.line(spans)
        }
    }
}
