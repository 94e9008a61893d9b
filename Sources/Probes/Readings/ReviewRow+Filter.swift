extension ReviewRow: Filterable {
    /// Over `review_list.sql`: `r` is the review item.
    package static let filterFields: [FilterField<ReviewRow>] = [
        .choice("state", "status", of: ReviewState.self, sql: "r.state") { $0.state },
        .codes("reasons", "reason", sql: "r.reasons") { $0.reasons },
        .key("service_code", "code", "entity_id", sql: "r.service_code") { $0.serviceCode },
        .code("country", sql: "r.country_code", searched: false) { $0.countryCode },
        .age("age", sql: "r.created_at") { $0.createdAt },
        .number("impact_active_orders", "impact", sql: "r.impact_active_orders") {
            Int64($0.impactActiveOrders)
        },
        .code("origin", sql: "r.origin") { $0.origin },
        .code("source", sql: "r.source_system") { $0.sourceSystem },
        .number("id", sql: "r.id") { $0.id },
        .code("decided_by", sql: "r.decided_by") { $0.decidedBy },
        .prose("decision_reason", sql: "r.decision_reason") { $0.decisionReason },
        .time("created_at", sql: "r.created_at") { $0.createdAt },
        .time("decided_at", sql: "r.decided_at") { $0.decidedAt },
        .code("first_approver", sql: "r.first_approver", searched: false) { $0.firstApprover },
        .time("glass_broken_at", sql: "r.glass_broken_at") { $0.glassBrokenAt },
        .code("second_look_by", sql: "r.second_look_by", searched: false) { $0.secondLookBy },
        .number("service_row_version", sql: "r.service_row_version") { $0.serviceRowVersion },
    ]
}
