import Probes

/// One line of the log, whole.
struct LogPage: DetailContent {
    let row: LogEntry
    let context: DrawContext

    func write(into document: inout Document) {
        document.field("time", context.zone.full(row.time))
        document.field("level", row.level.rawValue, row.level.role)
        document.field("part", row.part)
        for field in row.fields.fields { document.field(field.name, field.value) }
        document.blank()
        document.paragraph(row.message)
    }
}
