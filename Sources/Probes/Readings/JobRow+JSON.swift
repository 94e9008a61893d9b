extension JobRow {
    /// As `jobs list --json` prints it: the documented keys first.
    package var json: JSONValue { .object(jsonMembers) }

    var jsonMembers: [JSONMember] {
        [
            .init("id", .integer(id)),
            .init("kind", .string(kind)),
            .init("vendor", .string(vendor)),
            .init("state", .string(state.rawValue)),
            .init("attempts", .integer(Int64(attempts))),
            .init("max_attempts", .integer(Int64(maxAttempts))),
            .init("next_attempt_at", .timestamp(orNull: nextAttemptAt)),
            .init("error", .string(orNull: error)),
            .init("waits_for", .string(orNull: waitsFor?.rawValue)),
            .init("order", .string(orNull: orderNumber)),
            .init("order_id", .integer(orNull: orderID)),
            .init("erp_reference", .string(orNull: erpReference)),
            .init("correlation_id", .string(orNull: correlationID)),
            .init("letter_id", .integer(orNull: letterID)),
            .init("retried_from", .integer(orNull: retriedFrom)),
            .init("engine_id", .integer(orNull: engineID)),
            .init("callback_by", .timestamp(orNull: callbackBy)),
            .init("created_at", .timestamp(createdAt)),
            .init("started_at", .timestamp(orNull: startedAt)),
            .init("completed_at", .timestamp(orNull: completedAt)),
            .init("expires_at", .timestamp(orNull: expiresAt)),
        ]
    }
}
