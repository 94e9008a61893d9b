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
        document.field("event", row.eventType ?? "(no type)")
        document.field("service", row.serviceCode)
        document.field("country", row.countryCode)
        document.field("source", row.source)
        document.field("event id", row.eventID)
        document.field("correlation", row.correlationID)
        document.field("event time", row.eventTime.map { context.zone.full($0) })
        document.field("received", context.zone.full(row.receivedAt))
        document.field("latency", row.latencyMilliseconds == nil ? nil : row.latencyWords)
        document.field("place", "\(row.topic)/\(row.partition)@\(row.offset)")
        document.headers(detail.headers)
        document.heading("Payload")
        document.payload(detail.payload)
    }
}
