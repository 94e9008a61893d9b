extension EventDetail {
    /// As `events show --json` prints it: the row's keys and more.
    package var json: JSONValue {
        .object(
            row.jsonMembers + [
                .init("service_id", .integer(orNull: serviceID)),
                .init("warnings", .array(warnings.map(JSONValue.string))),
                .init("headers", .array(headers.map(\.json))),
                .init("payload", .string(payload)),
                .init("letter_id", .integer(orNull: letterID)),
                .init("review_id", .integer(orNull: reviewID)),
                .init("blocked_by", .integer(orNull: blockedBy)),
                .init("due_at", .timestamp(orNull: dueAt)),
            ])
    }
}

extension Header {
    package var json: JSONValue { ["name": .string(name), "value": .string(value)] }
}

extension FieldChange {
    /// As `review show --json` prints it and `review_items.changes` holds it: both sides as JSON.
    package var json: JSONValue {
        [
            "field": .string(field), "before": JSONValue(storedText: before),
            "after": JSONValue(storedText: after),
            "reasons": .array(reasons.map(JSONValue.string)),
        ]
    }
}

extension ReviewDetail {
    /// As `review show --json` prints it: the row's keys and more.
    package var json: JSONValue {
        .object(
            row.jsonMembers + [
                .init("current", JSONValue(storedText: currentJSON)),
                .init("proposed", JSONValue(storedText: proposedJSON)),
                .init("changes", .array(changes.map(\.json))),
                .init("active_orders_now", .integer(Int64(activeOrdersNow))),
                .init("service_name", .string(orNull: serviceName)),
                .init("fsm_service_code", .string(orNull: fsmServiceCode)),
                .init("event_id", .string(orNull: eventID)),
                .init("log_id", .integer(orNull: logID)),
                .init("service_moved", .bool(hasServiceMoved)),
                .init("earlier", .array(earlier.map(\.json))),
            ])
    }
}

extension LetterDetail {
    /// As `dlq show --json` prints it: the row's keys and more.
    package var json: JSONValue {
        .object(
            row.jsonMembers + [
                .init("payload", .string(payload)),
                .init("headers", .array(headers.map(\.json))),
                .init("history", .array(history.map(\.json))),
                .init("stale_warning", .string(orNull: staleWarning)),
            ])
    }
}

extension LetterHistoryEntry {
    package var json: JSONValue {
        [
            "at": .timestamp(at), "action": .string(action),
            "operator": .string(orNull: operatorName), "result": .string(result),
            "message": .string(orNull: message),
        ]
    }
}

extension BlameReading {
    /// As `blame --json` prints it.
    package var json: JSONValue {
        [
            "service_code": .string(serviceCode), "service_id": .integer(serviceID),
            "fsm_service_code": .string(fsmServiceCode), "status": .string(status),
            "row_version": .integer(rowVersion), "fields": .array(fields.map(\.json)),
        ]
    }
}

extension BlameReading.Field {
    package var json: JSONValue {
        [
            "field": .string(field), "value": JSONValue(storedText: valueJSON),
            "origin": .string(origin), "event_id": .string(orNull: eventID),
            "log_id": .integer(orNull: logID), "operator": .string(orNull: operatorName),
            "review_id": .integer(orNull: reviewID), "letter_id": .integer(orNull: letterID),
            "at": .timestamp(orNull: at),
        ]
    }
}
