extension JobDetail {
    /// As `jobs show --json` prints it: the row's keys and more.
    package var json: JSONValue {
        .object(
            row.jsonMembers + [
                .init("payload", JSONValue(storedText: payload)),
                .init("metadata", metadata.map { JSONValue(storedText: $0) } ?? .null),
                .init("error_stack", .string(orNull: errorStack)),
                .init("order_detail", order?.json ?? .null),
                .init("order_jobs", .array(siblings.map(\.json))),
                .init("calls", .array(calls.map(\.json))),
                .init("letter_state", .string(orNull: row.letterState?.rawValue)),
                .init("agent_status", .string(orNull: agentState?.rawValue)),
            ])
    }
}

extension JobDetail.Order {
    package var json: JSONValue {
        [
            "id": .integer(id), "order_number": .string(number), "status": .string(status),
            "erp_reference": .string(orNull: erpReference),
            "service_code": .string(orNull: serviceCode), "origin": .string(origin),
            "service_order_id": .integer(orNull: serviceOrderID),
            "service_order_status": .string(orNull: serviceOrderStatus),
            "created_at": .timestamp(createdAt), "updated_at": .timestamp(updatedAt),
        ]
    }
}

extension JobDetail.Call {
    package var json: JSONValue {
        [
            "id": .integer(id), "attempt": .integer(Int64(attempt)),
            "engine_id": .integer(orNull: engineID), "started_at": .timestamp(startedAt),
            "ended_at": .timestamp(orNull: endedAt), "outcome": .string(orNull: outcome),
            "http_status": .integer(orNull: httpStatus), "message": .string(orNull: message),
            "reported_at": .timestamp(orNull: report?.at), "report": .string(orNull: report?.words),
        ]
    }
}
