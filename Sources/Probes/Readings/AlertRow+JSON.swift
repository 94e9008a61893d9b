extension AlertRow {
    /// As `alerts list --json` prints it: the documented keys first.
    package var json: JSONValue { .object(jsonMembers) }

    var jsonMembers: [JSONMember] {
        [
            .init("id", .integer(id)),
            .init("rule", .string(rule)),
            .init("severity", .string(severity.rawValue)),
            .init("state", .string(state.rawValue)),
            .init("subject", .string(subject)),
            .init("summary", .string(summary)),
            .init("value", value.map(JSONValue.double) ?? .string(orNull: valueWord)),
            .init("runbook", .string(orNull: runbook)),
            .init("started_at", .timestamp(startedAt)),
            .init("fired_at", .timestamp(orNull: firedAt)),
            .init("resolved_at", .timestamp(orNull: resolvedAt)),
            .init("acknowledged_by", .string(orNull: acknowledgement?.by)),
            .init("silenced_until", .timestamp(orNull: silence?.until)),
            .init("deliveries", .array(deliveries.map(\.json))),
            .init("condition", .string(condition)),
            .init("details", .string(orNull: details)),
            .init("channels", .array(channels.map(JSONValue.string))),
            .init("occurrences", .integer(occurrences)),
            .init("source_system", .string(orNull: sourceSystem)),
            .init("contact", .string(orNull: contact)),
            .init("acknowledged_at", .timestamp(orNull: acknowledgement?.at)),
            .init("acknowledged_reason", .string(orNull: acknowledgement?.reason)),
            .init("silenced_by", .string(orNull: silence?.by)),
            .init("silenced_reason", .string(orNull: silence?.reason)),
        ]
    }
}
