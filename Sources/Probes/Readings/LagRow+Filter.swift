extension LagRow: Filterable {
    /// Lag is computed in memory, and filtered there.
    package static let filterFields: [FilterField<LagRow>] = [
        .choice("status", "state", of: LagStatus.self) { $0.status },
        .code("group") { $0.group },
        .code("topic") { $0.topic },
        .number("partition") { Int64($0.partition) },
        .number("lag_messages", "lag") { $0.lagMessages },
        .number("current_offset") { $0.currentOffset },
        .number("end_offset") { $0.endOffset },
        .decimal("consumed_per_second") { $0.consumedPerSecond },
        .decimal("produced_per_second") { $0.producedPerSecond },
        .decimal("drain_seconds", "drain", unit: .seconds) { $0.drainSeconds },
        .flag("is_ours", "ours") { $0.isOurs },
        .prose("paused_reason") { $0.pausedReason },
        .number("engine_id") { $0.engineID },
    ]
}
