extension EventRow: Filterable {
    /// Over `event_list.sql`: `l` is the event log, `c` the service.
    package static let filterFields: [FilterField<EventRow>] = [
        .choice("status", "state", of: EventStatus.self, sql: "l.processing_status") { $0.status },
        .key("service_code", "code", sql: "l.external_service_code") { $0.serviceCode },
        .code("event_type", "type", sql: "l.event_type") { $0.eventType },
        .code("outcome", sql: "l.outcome") { $0.outcome },
        .code(
            "country", sql: "COALESCE(c.country_code, l.payload->'data'->>'countryCode')",
            searched: false
        ) { $0.countryCode },
        .age("age", sql: "l.received_at") { $0.receivedAt },
        .prose("error", sql: "l.error_message") { $0.error },
        .number("attempts", sql: "l.processing_attempts") { Int64($0.attempts) },
        .number("id", sql: "l.id") { $0.id },
        // The log itself has no index by event id, since every event would pay for it.
        .key(
            "event_id", sql: "l.event_id",
            lookup: """
                l.id = ANY (ARRAY(
                    SELECT log_id FROM processed_events
                    WHERE handler = 'catalog' AND event_id = ANY ($?)
                    UNION SELECT log_id FROM dead_letter_queue
                    WHERE event_id = ANY ($?) AND log_id IS NOT NULL))
                """
        ) { $0.eventID },
        .code("correlation_id", "correlation", sql: "l.correlation_id") { $0.correlationID },
        .code("source", sql: "l.event_source") { $0.source },
        .code("entity_type", sql: "l.entity_type", searched: false) { $0.entityType },
        .key("entity_id", sql: "l.external_service_code") { $0.entityID },
        .code("topic", sql: "l.topic") { $0.topic },
        .number("partition", sql: "l.kafka_partition") { Int64($0.partition) },
        .number("offset", sql: "l.kafka_offset") { $0.offset },
        .time("event_time", sql: "l.event_timestamp") { $0.eventTime },
        .time("received_at", sql: "l.received_at") { $0.receivedAt },
        .decimal("latency_ms", "latency", unit: .milliseconds, sql: Self.latencySQL) {
            $0.latencyMilliseconds
        },
        .flag("warnings", "has_warnings", sql: "(l.warnings IS NOT NULL)") { $0.hasWarnings },
    ]

    /// As the list selects it.
    private static let latencySQL = """
        (extract(epoch FROM l.processed_at - l.message_timestamp)::double precision * 1000)
        """
}
