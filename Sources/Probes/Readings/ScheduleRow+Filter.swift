extension ScheduleRow: Filterable {
    /// Jobs are few: they are filtered in memory.
    package static let filterFields: [FilterField<ScheduleRow>] = [
        .choice("state", "status", of: ScheduleEntryState.self) { $0.state },
        .code("name") { $0.name },
        .code("job") { $0.job },
        .code("source") { $0.source },
        .code("time_zone", "zone") { $0.timeZone },
        .code("last_result", "result") { $0.lastResult },
        .number("last_run_id", "run") { $0.lastRunID },
        .number("missed_total", "missed") { $0.missedTotal },
        .age("age") { $0.lastStartedAt },
        .time("next_due_at") { $0.nextDueAt },
        .time("last_due_at") { $0.lastDueAt },
        .time("last_started_at") { $0.lastStartedAt },
        .code("paused_by") { $0.pausedBy },
        .prose("last_message", "message") { $0.lastMessage },
        .prose("paused_reason", "reason") { $0.pausedReason },
    ]
}
