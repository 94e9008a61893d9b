extension EventRow {
    /// As `events list --json` prints it: the documented keys first.
    package var json: JSONValue {
        .object(jsonMembers)
    }

    var jsonMembers: [JSONMember] {
        [
            .init("id", .integer(id)),
            .init("event_id", .string(eventID)),
            .init("event_type", .string(orNull: eventType)),
            .init("entity_type", .string(entityType)),
            .init("entity_id", .string(orNull: entityID)),
            .init("service_code", .string(orNull: serviceCode)),
            .init("correlation_id", .string(orNull: correlationID)),
            .init("status", .string(status.rawValue)),
            .init("attempts", .integer(Int64(attempts))),
            .init("topic", .string(topic)),
            .init("partition", .integer(Int64(partition))),
            .init("offset", .integer(offset)),
            .init("event_time", .timestamp(orNull: eventTime)),
            .init("received_at", .timestamp(receivedAt)),
            .init("latency_ms", .double(orNull: latencyMilliseconds)),
            .init("error", .string(orNull: error)),
            .init("outcome", .string(orNull: outcome)),
            .init("source", .string(orNull: source)),
            .init("country", .string(orNull: countryCode)),
            .init("has_warnings", .bool(hasWarnings)),
        ]
    }
}
