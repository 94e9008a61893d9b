extension LetterRow: Filterable {
    /// Over `letter_list.sql`: `d` is the dead letter, `c` the service.
    package static let filterFields: [FilterField<LetterRow>] = [
        .choice("state", "status", of: LetterState.self, sql: "d.state") { $0.state },
        .code("reason", sql: "d.reason") { $0.reason },
        .key("entity_id", "code", "service_code", sql: "d.entity_id") { $0.entityID },
        .code(
            "country", sql: "COALESCE(c.country_code, d.payload_json->'data'->>'countryCode')",
            searched: false
        ) { $0.countryCode },
        .age("age", sql: "d.created_at") { $0.createdAt },
        .prose("error", sql: "d.error_message") { $0.error },
        .key("fingerprint", sql: "d.fingerprint") { $0.fingerprint },
        .number("attempts", sql: "d.attempts") { Int64($0.attempts) },
        .number("id", sql: "d.id") { $0.id },
        .code("event_id", sql: "d.event_id") { $0.eventID },
        .code("event_type", "type", sql: "d.event_type") { $0.eventType },
        .code("stage", sql: "d.stage") { $0.stage },
        .code("sqlstate", sql: "d.error_sqlstate") { $0.sqlstate },
        .code("flow", sql: "d.flow", searched: false) { $0.flow },
        .code("origin", sql: "d.origin") { $0.origin },
        .code("topic", sql: "d.topic") { $0.topic },
        .number("partition", sql: "d.kafka_partition") { $0.partition.map(Int64.init) },
        .number("offset", sql: "d.kafka_offset") { $0.offset },
        .code("key", sql: "encode(d.message_key, 'escape')") {
            // A key need not be UTF-8, which `convert_from` would refuse.
            $0.key.map { ByteText.escaped($0.utf8) }
        },
        .code("entity_type", sql: "d.entity_type", searched: false) { $0.entityType },
        .time("created_at", sql: "d.created_at") { $0.createdAt },
        .time("resolved_at", sql: "d.resolved_at") { $0.resolvedAt },
        .code("resolved_by", sql: "d.resolved_by") { $0.resolvedBy },
        .key("vendor", sql: "d.vendor_id") { $0.vendor },
        .number("job_id", "job", sql: "d.job_id") { $0.jobID },
        .prose("resolution", sql: "d.resolution") { $0.resolution },
    ]
}
