extension BreakerRow: Filterable {
    /// Breakers are few: they are filtered in memory.
    package static let filterFields: [FilterField<BreakerRow>] = [
        .choice("state", "status", of: BreakerState.self) { $0.state },
        .code("key") { $0.key },
        .code("engine") { $0.engine },
        .number("engine_id") { $0.engineID },
        .flag("engine_live", "live") { $0.isEngineLive },
        .flag("forced") { $0.isForced },
        .decimal("failure_percent") { $0.failurePercent },
        .number("calls") { Int64($0.calls) },
        .number("failures") { Int64($0.failures) },
        .code("vendor") { $0.vendor },
        .age("age") { $0.changedAt },
        .time("opened_at") { $0.openedAt },
        .time("retry_at") { $0.retryAt },
        .prose("last_error", "error") { $0.lastError },
    ]
}
