import Probes

/// Who set each field of a service last.
struct BlamePage: DetailContent {
    let reading: BlameReading
    let context: DrawContext

    func write(into document: inout Document) {
        document.field(
            "service",
            [
                Span(reading.serviceCode, Style(.title)),
                Span("  \(reading.fsmServiceCode)", Style(.muted)),
            ])
        document.field("status", "\(reading.status.lowercased()), version \(reading.rowVersion)")
        document.heading("Who set what")
        document.labelColumns = min(
            26, reading.fields.map { VisibleText.columns($0.field) }.max().map { $0 + 2 } ?? 16)
        for field in reading.fields {
            let value = JSONValue(displaying: field.valueJSON)?.plain ?? field.valueJSON
            document.field(field.field, [Span(value)])
            document.field("", [Span(origin(field), Style(.muted))])
        }
    }

    private func origin(_ field: BlameReading.Field) -> String {
        var words = field.origin
        if let log = field.logID { words += " \(log)" }
        if let event = field.eventID { words += " \(event)" }
        if let review = field.reviewID { words += ", change \(review)" }
        if let letter = field.letterID { words += ", letter \(letter)" }
        if let person = field.operatorName { words += ", by \(person)" }
        if let at = field.at { words += ", \(context.zone.full(at))" }
        return words
    }
}
