extension EngineRow: Filterable {
    /// Engines are few: they are filtered in memory.
    package static let filterFields: [FilterField<EngineRow>] = [
        .choice("state", "status", of: EngineState.self) { $0.state },
        .code("host") { $0.host },
        .code("role") { $0.role },
        .code("version") { $0.version },
        .number("id") { $0.id },
        .number("process_id", "pid") { Int64($0.processID) },
        .flag("is_leader", "leader") { $0.isLeader },
        .codes("partitions", "partition") { $0.partitions },
        .number("memory_bytes") { $0.memoryBytes },
        .number("applied_total") { $0.appliedTotal },
        .age("age") { $0.startedAt },
        .time("started_at") { $0.startedAt },
        .time("heartbeat_at") { $0.heartbeatAt },
        .time("stopped_at") { $0.stoppedAt },
        .prose("exit_reason") { $0.exitReason },
    ]
}
