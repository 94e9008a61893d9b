extension AgentRow {
    /// As `agents list --json` prints it: the documented keys first.
    package var json: JSONValue { .object(jsonMembers) }

    var jsonMembers: [JSONMember] {
        [
            .init("vendor", .string(vendor)),
            .init("url", .string(url)),
            .init("erp_type", .string(erpType)),
            .init("status", .string(state.rawValue)),
            .init("since", .timestamp(since)),
            .init("last_heartbeat", .timestamp(orNull: lastHeartbeatAt)),
            .init("version", .string(orNull: version)),
            .init("uptime_percent", .double(orNull: uptimePercent)),
            .init("open_jobs", .integer(orNull: openJobs)),
            .init(
                "breakers",
                .array(
                    breakers.map {
                        ["key": .string($0.key), "state": .string($0.state.rawValue)]
                    })),
            .init("registered_at", .timestamp(registeredAt)),
            .init("removed_at", .timestamp(orNull: removedAt)),
        ]
    }
}

extension AgentDetail {
    /// As `agents show --json` prints it: the row's keys and more.
    package var json: JSONValue {
        .object(
            row.jsonMembers + [
                .init(
                    "history",
                    .array(
                        history.map {
                            [
                                "at": .timestamp($0.at), "status": .string($0.state.rawValue),
                                "reason": .string($0.reason),
                            ]
                        })),
                .init("jobs", jobs.map(\.json) ?? .null),
                .init(
                    "mappings",
                    .array(
                        mappings.map {
                            [
                                "type": .string($0.type.rawValue), "active": .integer($0.active),
                                "inactive": .integer($0.inactive),
                                "unmapped": .integer($0.unmapped),
                            ]
                        })),
                .init(
                    "comparisons",
                    .array(
                        comparisons.map {
                            [
                                "id": .integer($0.id), "at": .timestamp($0.at),
                                "type": .string($0.type), "run_id": .integer(orNull: $0.runID),
                                "duration_ms": .integer(Int64($0.durationMilliseconds)),
                                "summary": JSONValue(storedText: $0.summary),
                            ]
                        })),
            ])
    }
}
