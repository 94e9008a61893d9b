extension EngineRow {
    /// As `engines list --json` prints it.
    package var json: JSONValue {
        .object([
            .init("id", .integer(id)),
            .init("host", .string(host)),
            .init("process_id", .integer(Int64(processID))),
            .init("role", .string(role)),
            .init("version", .string(version)),
            .init("configuration_hash", .string(configurationHash)),
            .init("state", .string(state.rawValue)),
            .init("partitions", .array(partitions.map(JSONValue.string))),
            .init("is_leader", .bool(isLeader)),
            .init("kafka", kafka?.json ?? .null),
            .init("applied_total", .integer(appliedTotal)),
            .init("memory_bytes", .integer(orNull: memoryBytes)),
            .init("last_poll_at", .timestamp(orNull: lastPollAt)),
            .init("started_at", .timestamp(startedAt)),
            .init("heartbeat_at", .timestamp(heartbeatAt)),
            .init("stopped_at", .timestamp(orNull: stoppedAt)),
            .init("exit_reason", .string(orNull: exitReason)),
            .init(
                "http",
                ["address": .string(orNull: httpAddress), "error": .string(orNull: httpError)]),
            .init("latency", latency.flatMap { LatencyReading($0) }?.json ?? .null),
        ])
    }
}

extension ServerState {
    /// `{"state":"ready","since":…}`, with `error` for a server that cannot be reached.
    package var json: JSONValue {
        switch self {
        case .connecting(let since): ["state": "connecting", "since": .timestamp(since)]
        case .ready(let since): ["state": "ready", "since": .timestamp(since)]
        case .unreachable(let since, let error):
            ["state": "unreachable", "since": .timestamp(since), "error": .string(error)]
        }
    }
}
