extension LogEntry: Filterable {
    /// The lines in hand are few: they are filtered in memory.
    package static let filterFields: [FilterField<LogEntry>] = [
        .choice("level", of: LogLevel.self) { $0.level },
        .code("part") { $0.part },
        .prose("message") { $0.message },
        .code("correlation_id", "correlation") { $0.fields["correlation_id"] },
        .code("event_id", "event") { $0.fields["event_id"] },
        .code("run_id", "run") { $0.fields["run_id"] },
        .code("letter_id", "letter") { $0.fields["letter_id"] },
        .code("alert_id", "alert") { $0.fields["alert_id"] },
        .age("age") { $0.time },
        .time("time") { $0.time },
    ]
}
