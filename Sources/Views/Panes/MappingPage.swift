import Probes

/// A vendor's code: what it means to us, or what it holds up while nobody has said.
struct MappingPage: DetailContent {
    let row: MappingRow
    let context: DrawContext

    func write(into document: inout Document) {
        document.field(
            "their code",
            [Span(row.erpCode, Style(.title)), Span("  \(row.type.rawValue)", Style(.muted))])
        document.field("vendor", row.vendor)
        document.field("state", [row.state.sign(context.glyphs)])
        document.field("our code", row.ourCode)
        document.field("label", row.label)
        document.blank()
        if row.state == .unmapped {
            document.field("seen", row.seen.map { Count.of($0, "time") })
            document.field("first seen", context.zone.full(row.createdAt))
            document.field("last seen", context.zone.full(row.updatedAt))
        } else {
            document.field("id", row.mappingID.map { "\($0)" }, .muted)
            document.field("added", context.zone.full(row.createdAt))
            document.field("changed", context.zone.full(row.updatedAt))
        }
        document.blank()
        document.paragraph(meaning, row.state == .unmapped ? .warning : .muted)
    }

    private var meaning: String {
        switch (row.state, row.type.isRequired) {
        case (.active, _): "Every engine applies it from its next item on."
        case (_, true): "Items with this code are refused, one by one; the others are taken."
        case (_, false): "Items with this code are taken; ours stays empty."
        }
    }
}
