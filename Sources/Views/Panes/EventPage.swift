import Probes

/// An event: what became of it, where it came from, what it said.
struct EventPage: DetailContent {
    let detail: EventDetail
    let context: DrawContext

    func write(into document: inout Document) {
        let row = detail.row
        var outcome = [Span(row.status.words, Style(row.status.role))]
        if let word = row.outcome { outcome.append(Span("  \(word)")) }
        document.field("status", outcome)
        document.field("error", row.error, .critical)
        if let blocker = detail.blockedBy { document.field("waits behind", "event \(blocker)") }
        if let due = detail.dueAt { document.field("next attempt", context.near(due)) }
        if row.attempts > 1 { document.field("attempts", "\(row.attempts)") }
        if let letter = detail.letterID { document.field("became", "dead letter \(letter)") }
        if let review = detail.reviewID { document.field("became", "held change \(review)") }
        for warning in detail.warnings { document.field("warning", warning, .warning) }
        document.blank()
        document.field(
            "event",
            [
                Span(row.eventType ?? "(no type)", Style(.title)),
                Span("  \(row.eventID)", Style(.muted)),
            ])
        document.field("service", service)
        document.field("happened", time)
        document.field("correlation", row.correlationID, .muted)
        document.field("place", "\(row.topic)/\(row.partition)@\(row.offset)", .muted)
        document.headers(detail.headers)
        document.heading("Payload")
        document.payload(detail.payload)
    }

    private var service: [Span] {
        let row = detail.row
        guard let code = row.serviceCode else { return [Span("not known", Style(.muted))] }
        let about = [row.countryCode, row.source.map { "from \($0)" }].compactMap { $0 }
        return [Span(code), Span("  " + about.joined(separator: "  "), Style(.muted))]
    }

    private var time: [Span] {
        let row = detail.row
        var words = row.eventTime.map { [Span(context.zone.full($0))] } ?? []
        words.append(
            Span(
                "\(words.isEmpty ? "" : "  ")received \(context.near(row.receivedAt))",
                Style(.muted)))
        if row.latencyMilliseconds != nil {
            words.append(Span(", decided after \(row.latencyWords)", Style(.muted)))
        }
        return words
    }
}
