extension DriftRow: Filterable {
    /// Over `drift_ids.sql`: `d` is the row of drift, `r` its run.
    package static let filterFields: [FilterField<DriftRow>] = [
        .number("run_id", "run", sql: "d.run_id") { $0.runID },
        .choice("outcome", "state", of: DriftOutcome.self, sql: "d.outcome") { $0.outcome },
        .key("service_code", "code", "entity_id", sql: "d.service_code") { $0.serviceCode },
        .code("field", sql: "d.field") { $0.field },
        .code("country", sql: "d.country_code", searched: false) { $0.countryCode },
        .code("source", sql: "d.source") { $0.source },
        .age("age", sql: "d.created_at") { $0.createdAt },
        .flag("dry_run", "dry", sql: "COALESCE(r.dry_run, false)") { $0.isDryRun },
        .code("trigger", sql: "r.triggered_by", searched: false) { $0.trigger },
        .time("created_at", sql: "d.created_at") { $0.createdAt },
        .number("review_id", "review", sql: "d.review_id") { $0.reviewID },
        .number("line", sql: "d.line") { $0.line },
        .number("id", sql: "d.id") { $0.id },
    ]
}
