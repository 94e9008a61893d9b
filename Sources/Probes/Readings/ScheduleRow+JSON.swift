extension ScheduleRow {
    /// As `schedule list --json` prints it: the documented keys first.
    package var json: JSONValue {
        .object([
            .init("name", .string(name)),
            .init("job", .string(job)),
            .init("source", .string(orNull: source)),
            .init("cron", .string(cron)),
            .init("time_zone", .string(timeZone)),
            .init("state", .string(state.rawValue)),
            .init("next_due_at", .timestamp(orNull: nextDueAt)),
            .init("last_due_at", .timestamp(orNull: lastDueAt)),
            .init("last_started_at", .timestamp(orNull: lastStartedAt)),
            .init("last_result", .string(orNull: lastResult)),
            .init("last_run_id", .integer(orNull: lastRunID)),
            .init("missed_total", .integer(missedTotal)),
            .init("paused_by", .string(orNull: pausedBy)),
            .init("paused_reason", .string(orNull: pausedReason)),
            .init("paused_at", .timestamp(orNull: pausedAt)),
            .init("last_ended_at", .timestamp(orNull: lastEndedAt)),
            .init("last_message", .string(orNull: lastMessage)),
            .init("requested_by", .string(orNull: requestedBy)),
        ])
    }
}
