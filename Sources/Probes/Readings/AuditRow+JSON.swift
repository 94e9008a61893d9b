extension AuditRow {
    /// As `audit list --json` prints it.
    package var json: JSONValue {
        .object([
            .init("id", .integer(id)),
            .init("at", .timestamp(at)),
            .init("operator", .string(operatorName)),
            .init("acting_for", .string(orNull: actingFor)),
            .init("role", .string(role)),
            .init("action", .string(action)),
            .init("target_type", .string(targetType)),
            .init("target_id", .string(targetID)),
            .init("entity_id", .string(orNull: entityID)),
            .init("result", .string(result)),
            .init("reason", .string(orNull: reason)),
            .init("details", JSONValue(storedText: detailsJSON)),
        ])
    }
}
