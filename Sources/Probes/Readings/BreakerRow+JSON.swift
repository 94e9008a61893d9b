extension BreakerRow {
    /// As `breakers list --json` prints it: the documented keys first.
    package var json: JSONValue {
        .object([
            .init("key", .string(key)),
            .init("state", .string(state.rawValue)),
            .init("failure_percent", .double(failurePercent)),
            .init("calls", .integer(Int64(calls))),
            .init("opened_at", .timestamp(orNull: openedAt)),
            .init("retry_at", .timestamp(orNull: retryAt)),
            .init("engine", .string(engine)),
            .init("engine_id", .integer(engineID)),
            .init("engine_live", .bool(isEngineLive)),
            .init("forced", .bool(isForced)),
            .init("changed_at", .timestamp(changedAt)),
            .init("last_error", .string(orNull: lastError)),
            .init("failures", .integer(Int64(failures))),
            .init("last_errors", .array(lastFailures.map(\.json))),
            .init("vendor", .string(orNull: vendor)),
        ])
    }
}
