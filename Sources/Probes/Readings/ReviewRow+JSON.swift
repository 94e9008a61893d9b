extension ReviewRow {
    /// As `review list --json` prints it: the documented keys first.
    package var json: JSONValue {
        .object(jsonMembers)
    }

    var jsonMembers: [JSONMember] {
        [
            .init("id", .integer(id)),
            .init("service_code", .string(serviceCode)),
            .init("state", .string(state.rawValue)),
            .init("reasons", .array(reasons.map(JSONValue.string))),
            .init("impact_active_orders", .integer(Int64(impactActiveOrders))),
            .init("origin", .string(origin)),
            .init("created_at", .timestamp(createdAt)),
            .init("decided_by", .string(orNull: decidedBy)),
            .init("decided_at", .timestamp(orNull: decidedAt)),
            .init("decision_reason", .string(orNull: decisionReason)),
            .init("country", .string(orNull: countryCode)),
            .init("source", .string(orNull: sourceSystem)),
            .init("service_row_version", .integer(serviceRowVersion)),
            .init("first_approver", .string(orNull: firstApprover)),
            .init("first_approved_at", .timestamp(orNull: firstApprovedAt)),
            .init("glass_broken_at", .timestamp(orNull: glassBrokenAt)),
            .init("second_look_by", .string(orNull: secondLookBy)),
            .init("second_look_at", .timestamp(orNull: secondLookAt)),
        ]
    }
}
