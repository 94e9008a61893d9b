extension LetterRow {
    /// As `dlq list --json` prints it: the documented keys first.
    package var json: JSONValue {
        .object(jsonMembers)
    }

    var jsonMembers: [JSONMember] {
        [
            .init("id", .integer(id)),
            .init("origin", .string(origin)),
            .init("topic", .string(orNull: topic)),
            .init("partition", .integer(orNull: partition)),
            .init("offset", .integer(orNull: offset)),
            .init("key", .string(orNull: key)),
            .init("entity_type", .string(orNull: entityType)),
            .init("entity_id", .string(orNull: entityID)),
            .init("reason", .string(reason)),
            .init("fingerprint", .string(fingerprint)),
            .init("error", .string(error)),
            .init("attempts", .integer(Int64(attempts))),
            .init("state", .string(state.rawValue)),
            .init("created_at", .timestamp(createdAt)),
            .init("flow", .string(flow)),
            .init("stage", .string(stage)),
            .init("sqlstate", .string(orNull: sqlstate)),
            .init("event_id", .string(orNull: eventID)),
            .init("event_type", .string(orNull: eventType)),
            .init("country", .string(orNull: countryCode)),
            .init("resolved_by", .string(orNull: resolvedBy)),
            .init("resolved_at", .timestamp(orNull: resolvedAt)),
            .init("resolution", .string(orNull: resolution)),
            .init("vendor", .string(orNull: vendor)),
            .init("job_id", .integer(orNull: jobID)),
        ]
    }
}
