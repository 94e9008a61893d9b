import Probes

/// The log of this process's engine, or of one on this machine: the newest at the bottom.
enum LogList: RowList {
    static let noun = Noun.logs
    static let words = (one: "line", many: "lines")
    static let emptyWords = "The log is empty so far."

    static let columns: [ListColumn<LogEntry>] = [
        ListColumn(
            "time", width: 8, rank: 2,
            cell: { row, context in [Span(context.near(row.time), Style(.muted))] }),
        ListColumn(
            "level", width: 7, rank: 1,
            cell: { row, _ in [Span(row.level.rawValue, Style(row.level.role))] }),
        ListColumn(
            "part", width: 10, rank: 3, cell: { row, _ in [Span(row.part, Style(.muted))] }),
        ListColumn(
            "message", width: 24, growth: 5, rank: 0,
            cell: { row, _ in
                [Span(row.message)]
                    + row.fields.fields.map { Span("  \($0.name)=\($0.value)", Style(.muted)) }
            }),
    ]

    static func reading(in readings: ConsoleReadings) -> Reading<Page<LogEntry>>? { readings.log }

    static func rows(in model: ConsoleModel) -> [LogEntry]? {
        model.pausedLog ?? model.readings.log?.value.rows
    }

    static func id(of row: LogEntry) -> RowID { .number(row.id) }
    static func subject(of row: LogEntry) -> DetailSubject { .log(.number(row.id)) }

    static func copyText(of row: LogEntry) -> String {
        row.fields["correlation_id"] ?? row.message
    }

    static func summary(of model: ConsoleModel) -> [Span] {
        guard let paused = model.pausedLog else { return [Span("live", Style(.ok))] }
        let newest = paused.last?.id ?? 0
        let waiting = model.readings.log?.value.rows.count { $0.id > newest } ?? 0
        let key = model.keys.name(of: .follow)
        let news = waiting == 0 ? "" : " \(Count.full(waiting)) new,"
        return [Span(" PAUSED,\(news) \(key) follows ", Style(.paused))]
    }
}

extension LogLevel {
    var role: Role {
        switch self {
        case .debug: .muted
        case .info: .normal
        case .notice: .info
        case .warning: .warning
        case .error: .critical
        }
    }
}
