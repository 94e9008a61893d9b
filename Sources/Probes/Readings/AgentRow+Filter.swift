extension AgentRow: Filterable {
    /// Agents are few: they are filtered in memory.
    package static let filterFields: [FilterField<AgentRow>] = [
        .choice("status", "state", of: AgentState.self) { $0.state },
        .code("vendor") { $0.vendor },
        .code("erp_type", "type") { $0.erpType },
        .code("version") { $0.version },
        .prose("url") { $0.url },
        .decimal("uptime_percent", "uptime") { $0.uptimePercent },
        .number("open_jobs", "jobs") { $0.openJobs.map(Int64.init) },
        .choice("breaker", "breakers", of: BreakerState.self) { $0.breaker },
        .age("age") { $0.since },
        .age("silence") { $0.lastHeartbeatAt },
        .time("since") { $0.since },
        .time("last_heartbeat") { $0.lastHeartbeatAt },
        .time("registered_at") { $0.registeredAt },
        .time("removed_at") { $0.removedAt },
    ]
}
