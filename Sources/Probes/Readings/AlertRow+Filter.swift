extension AlertRow: Filterable {
    /// Over `alert_ids.sql`: `a` is the alert.
    package static let filterFields: [FilterField<AlertRow>] = [
        .choice("state", "status", of: AlertState.self, sql: "a.state") { $0.state },
        .choice("severity", of: AlertSeverity.self, sql: "a.severity") { $0.severity },
        .code("rule", "runbook", sql: "a.rule") { $0.rule },
        .code("subject", sql: "a.subject") { $0.subject },
        .age("age", sql: "a.started_at") { $0.startedAt },
        .prose("summary", sql: "a.summary") { $0.summary },
        .decimal("value", sql: "a.value") { $0.value },
        .flag("acknowledged", sql: "(a.acknowledged_at IS NOT NULL)") { $0.acknowledgement != nil },
        .code("acknowledged_by", sql: "a.acknowledged_by") { $0.acknowledgement?.by },
        .flag("silenced", sql: silencedSQL) { $0.silence != nil },
        .code("source_system", "system", sql: "a.source_system", searched: false) {
            $0.sourceSystem
        },
        .time("started_at", sql: "a.started_at") { $0.startedAt },
        .time("fired_at", sql: "a.fired_at") { $0.firedAt },
        .time("resolved_at", sql: "a.resolved_at") { $0.resolvedAt },
        .number("id", sql: "a.id") { $0.id },
    ]

    private static let silencedSQL = """
        EXISTS (SELECT FROM alert_silences s WHERE s.rule = a.rule AND s.ended_at IS NULL \
        AND s.until_at > now() \
        AND (s.subject IS NULL OR s.subject = a.subject))
        """
}
