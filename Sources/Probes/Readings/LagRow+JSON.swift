extension LagRow {
    /// As `lag list --json` prints it: the documented keys first. Rates in messages per second.
    package var json: JSONValue {
        .object([
            .init("group", .string(group)),
            .init("topic", .string(topic)),
            .init("partition", .integer(Int64(partition))),
            .init("current_offset", .integer(orNull: currentOffset)),
            .init("end_offset", .integer(orNull: endOffset)),
            .init("lag_messages", .integer(orNull: lagMessages)),
            .init("status", .string(status.rawValue)),
            .init("consumed_per_second", .double(orNull: consumedPerSecond)),
            .init("produced_per_second", .double(orNull: producedPerSecond)),
            .init("drain_seconds", .double(orNull: drainSeconds)),
            .init("low_watermark", .integer(orNull: lowWatermark)),
            .init("is_ours", .bool(isOurs)),
            .init("paused_reason", .string(orNull: pausedReason)),
            .init("paused_at", .timestamp(orNull: pausedAt)),
            .init("engine_id", .integer(orNull: engineID)),
            .init("measured_at", .timestamp(orNull: measuredAt)),
            .init("paused_by", .string(orNull: pausedBy)),
            .init("sought_at", .timestamp(orNull: lastSeek?.at)),
            .init("sought_by", .string(orNull: lastSeek?.by)),
            .init("sought_from", .integer(orNull: lastSeek?.from)),
            .init("sought_offset", .integer(orNull: lastSeek?.offset)),
            .init("sought_reason", .string(orNull: lastSeek?.reason)),
        ])
    }
}
