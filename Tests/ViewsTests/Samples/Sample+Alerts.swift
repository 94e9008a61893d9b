import Probes

extension Sample {
    static var alerts: [AlertRow] {
        [
            AlertRow(
                id: 41, rule: "consumer_lag_high", severity: .critical, state: .firing,
                subject: "service-catalog",
                summary: "Events come in faster than they are applied.",
                condition: "consumer_lag > 1000", value: 5_400, unit: "messages",
                runbook: "consumer_lag_high", channels: ["slack", "pagerduty"],
                startedAt: ago(560), firedAt: ago(500),
                deliveries: [
                    told("slack", .fired, .sent, 495),
                    told("pagerduty", .fired, .retrying, 495, error: "PagerDuty answered 503"),
                ]),
            AlertRow(
                id: 39, rule: "reconciliation_failed", severity: .critical, state: .firing,
                subject: "ES", summary: "The last run of a source failed.",
                condition: "reconciliation_status == FAILED", valueWord: "FAILED",
                details: "run 812: the file did not come until 06:00",
                runbook: "reconciliation_failed", channels: ["slack", "email", "pagerduty"],
                sourceSystem: "PYXIS",
                contact: "Catalog desk, catalog@example.org, +34 91 555 01 02",
                startedAt: ago(4_200), firedAt: ago(4_200),
                acknowledgement: .init(by: "ana", at: ago(3_900), reason: "I have called them"),
                deliveries: [
                    told("email", .fired, .sent, 4_190), told("pagerduty", .fired, .sent, 4_190),
                    told("slack", .fired, .sent, 4_190),
                ]),
            AlertRow(
                id: 37, rule: "breaker_open", severity: .warning, state: .firing,
                subject: "kafka:dlq",
                summary: "Calls to a system outside fail, and are not made for the time being.",
                condition: "breakers_open > 0", value: 1, details: "all brokers down",
                runbook: "breaker_open", channels: ["slack"], startedAt: ago(900),
                firedAt: ago(900),
                silence: .init(until: ago(-2_700), by: "bob", reason: "known since Tuesday"),
                deliveries: []),
            AlertRow(
                id: 36, rule: "high_event_failure_rate", severity: .warning, state: .firing,
                subject: "", summary: "Too many events become dead letters.",
                condition: "failed_events_percent > 5", value: 12.4321, unit: "%",
                details: "372 of 2992 events", runbook: "high_event_failure_rate",
                channels: ["slack", "email"], occurrences: 3, startedAt: ago(7_300),
                firedAt: ago(7_300),
                deliveries: [
                    told("slack", .fired, .sent, 7_290),
                    told("email", .fired, .givenUp, 7_290, error: "given up after a day"),
                ]),
            AlertRow(
                id: 42, rule: "database_slow", severity: .warning, state: .pending, subject: "",
                summary: "The database is slow to answer the smallest question.",
                condition: "database_answer_ms > 500", value: 812.25, unit: "ms",
                runbook: "database_slow", channels: ["slack"], startedAt: ago(20)),
            AlertRow(
                id: 31, rule: "review_opened", severity: .info, state: .resolved,
                subject: "service PYX_ES_HVAC_00123",
                summary: "A breaking change waits for a decision.",
                condition: "notice review_opened",
                details: "PYX_ES_HVAC_00123: scope_reduced, 14 active orders",
                runbook: "review_opened", channels: ["slack", "email"], startedAt: ago(90_000),
                firedAt: ago(90_000), resolvedAt: ago(86_400),
                deliveries: [told("slack", .fired, .sent, 89_990)]),
        ]
    }

    /// The same by rule, with a storm of notices among them.
    static var alertGroups: [AlertGroup] {
        let alone = alerts.map { group([$0], newest: $0) }
        var storm = alerts[5]
        (storm.id, storm.state, storm.resolvedAt) = (231, .firing, nil)
        storm.rule = "deprecated_with_active_orders"
        storm.severity = .warning
        storm.runbook = storm.rule
        storm.summary = "A service was deprecated while orders use it."
        storm.details = "PYX_ES_HVAC_00123 was deprecated with 3 active orders"
        (storm.startedAt, storm.firedAt) = (ago(14), ago(14))
        var deprecated = group([storm], newest: storm)
        deprecated.unattendedIDs = Array(74...231)
        deprecated.standingIDs = Array(60...231)
        deprecated.subjects = 172
        deprecated.firstAt = ago(2_400)
        return [alone[0], deprecated] + [alone[3], alone[1], alone[2], alone[4], alone[5]]
    }

    private static func group(_ rows: [AlertRow], newest: AlertRow) -> AlertGroup {
        func ids(_ matches: (AlertRow) -> Bool) -> [Int64] { rows.filter(matches).map(\.id) }
        return AlertGroup(
            rule: newest.rule, severity: newest.severity, subjects: rows.count,
            unattendedIDs: ids {
                $0.state == .firing && $0.acknowledgement == nil && $0.silence == nil
            }, standingIDs: ids { $0.state != .resolved }, silencedIDs: ids { $0.silence != nil },
            firstAt: newest.firedAt ?? newest.startedAt,
            newestAt: newest.firedAt ?? newest.startedAt, newest: newest)
    }

    static var alertDetail: AlertDetail {
        AlertDetail(
            row: alerts[0],
            history: [
                .init(at: ago(560), change: "pending", operatorName: nil, message: "1204 messages"),
                .init(at: ago(500), change: "fired", operatorName: nil, message: "3310 messages"),
                .init(
                    at: ago(120), change: "silenced", operatorName: "bob",
                    message: "until 2026-11-21 04:08 UTC: a bulk load"),
                .init(at: ago(60), change: "unsilenced", operatorName: "bob", message: nil),
            ])
    }

    private static func told(
        _ channel: String, _ kind: AlertDelivery.Kind, _ state: AlertDelivery.State, _ age: Int64,
        error: String? = nil
    ) -> AlertDelivery {
        AlertDelivery(
            channel: channel, kind: kind, state: state, attempts: error == nil ? 1 : 4,
            error: error, createdAt: ago(age),
            nextAttemptAt: state == .retrying ? ago(-40) : nil,
            sentAt: state == .sent ? ago(age) : nil)
    }
}
