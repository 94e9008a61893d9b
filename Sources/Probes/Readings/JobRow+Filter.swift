extension JobRow: Filterable {
    /// Over `job_ids.sql`: `j` is the job, `o` its order.
    package static let filterFields: [FilterField<JobRow>] = [
        .choice("state", "status", of: JobState.self, sql: "j.status", casing: .lower) {
            $0.state
        },
        .key("vendor", sql: "j.vendor_id") { $0.vendor },
        .code("kind", "operation", sql: "j.operation") { $0.kind },
        .choice(
            "waits_for", "waits", of: JobWait.self, sql: "j.waits_for", casing: .lower
        ) { $0.waitsFor },
        .age("age", sql: "j.created_at") { $0.createdAt },
        .key("order", sql: "o.order_number") { $0.orderNumber },
        .prose("error", sql: "j.error_message") { $0.error },
        .number("attempts", "tries", sql: "j.retry_count") { Int64($0.attempts) },
        .number("max_attempts", sql: "j.max_retries") { Int64($0.maxAttempts) },
        .number("id", sql: "j.id") { $0.id },
        .number("order_id", sql: "j.postgres_order_id") { $0.orderID },
        .code("erp_reference", "reference", sql: "j.erp_reference") { $0.erpReference },
        .code("correlation_id", "correlation", sql: "j.correlation_id") { $0.correlationID },
        .number("engine_id", "engine", sql: "j.engine_id") { $0.engineID },
        .number("retried_from", sql: "j.retried_from") { $0.retriedFrom },
        .time(
            "next_attempt_at", sql: "CASE WHEN j.status = 'pending' THEN j.next_retry_at END"
        ) { $0.nextAttemptAt },
        .time("callback_by", sql: "j.callback_by") { $0.callbackBy },
        .time("created_at", sql: "j.created_at") { $0.createdAt },
        .time("started_at", sql: "j.started_at") { $0.startedAt },
        .time("completed_at", sql: "j.completed_at") { $0.completedAt },
        .time("expires_at", sql: "j.expires_at") { $0.expiresAt },
    ]
}
