extension AuditRow: Filterable {
    /// Over `audit_list.sql`: `a` is the entry.
    package static let filterFields: [FilterField<AuditRow>] = [
        .code("action", sql: "a.action") { $0.action },
        .code("operator", sql: "a.operator") { $0.operatorName },
        .code("result", sql: "a.result") { $0.result },
        .code("target_type", sql: "a.target_type") { $0.targetType },
        .key("target_id", sql: "a.target_id") { $0.targetID },
        .code("entity_id", "code", "service_code", sql: "a.entity_id") { $0.entityID },
        .age("age", sql: "a.at") { $0.at },
        .time("at", sql: "a.at") { $0.at },
        .prose("reason", sql: "a.reason") { $0.reason },
        .prose("details", sql: "a.details::text") { $0.detailsJSON },
        .code("role", sql: "a.role", searched: false) { $0.role },
        .code("acting_for", sql: "a.acting_for") { $0.actingFor },
        .number("id", sql: "a.id") { $0.id },
    ]
}
