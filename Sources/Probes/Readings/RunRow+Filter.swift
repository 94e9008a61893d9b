extension RunRow: Filterable {
    /// Over `run_ids.sql`: `r` is the run.
    package static let filterFields: [FilterField<RunRow>] = [
        .choice("state", "status", of: RunState.self, sql: "r.state") { $0.state },
        .code("source", sql: "r.source") { $0.source },
        .code("country", sql: "r.country_code", searched: false) { $0.countryCode },
        .code("trigger", sql: "r.triggered_by") { $0.trigger },
        .flag("dry_run", "dry", sql: "r.dry_run") { $0.isDryRun },
        .age("age", sql: "r.started_at") { $0.startedAt },
        .decimal("drift_percent", "drift", sql: Self.driftPercentSQL) { $0.driftPercent },
        .number("id", "run", "run_id", sql: "r.id") { $0.id },
        .code("kind", sql: "r.kind", searched: false) { $0.kind },
        .code("source_system", sql: "r.source_system") { $0.sourceSystem },
        .code("operator", "by", sql: "r.operator") { $0.operatorName },
        .prose("object", "file", sql: Self.objectSQL) { $0.object },
        .prose("error", sql: "r.error_message") { $0.error },
        .prose("reason", sql: "r.reason") { $0.reason },
        .code("phase", sql: "r.phase") { $0.phase },
        .time("started_at", sql: "r.started_at") { $0.startedAt },
        .time("completed_at", sql: "r.completed_at") { $0.completedAt },
        .time("as_of", sql: "r.as_of") { $0.asOf },
        .number("fetched", sql: "r.fetched") { $0.counts.fetched },
        .number("matched", sql: "r.matched") { $0.counts.matched },
        .number("drifted", sql: "r.drifted") { $0.counts.drifted },
        .number("created", sql: "r.created") { $0.counts.created },
        .number("updated", sql: "r.updated") { $0.counts.updated },
        .number("held", sql: "r.held") { $0.counts.held },
        .number("orphaned", sql: "r.orphaned") { $0.counts.orphaned },
        .number("newer", sql: "r.newer") { $0.counts.newer },
        .number("failed", sql: "r.failed") { $0.counts.failed },
        .number("rejected", sql: "r.rejected") { $0.counts.rejected },
        .number("bad_rows", sql: "r.bad_rows") { $0.counts.badRows },
        .number("deprecated", sql: "r.deprecated") { $0.counts.deprecated },
        .code("decided_by", sql: "r.decided_by") { $0.decision?.by },
        .prose("decision_reason", sql: "r.decision_reason") { $0.decision?.reason },
        .number("reverts_run_id", "reverts", sql: "r.reverts_run_id") { $0.revertsRunID },
        .number("reverted_by_run_id", sql: "r.reverted_by_run_id") { $0.revertedByRunID },
    ]

    /// As the runs' rows say it: a path in full, otherwise the name that was found or is looked for.
    private static let objectSQL =
        "CASE WHEN r.wanted_object LIKE '%/%' THEN r.wanted_object "
        + "ELSE COALESCE(r.object_name, r.wanted_object) END"

    /// As `driftPercent` says it.
    private static let driftPercentSQL = """
        CASE WHEN r.matched > 0
             THEN 100 * r.drifted::double precision / r.matched::double precision
             WHEN r.state NOT IN ('WAITING', 'RUNNING', 'AWAITING_DECISION')
             THEN 0::double precision END
        """
}
