import Probes
import Testing

@testable import SyncEngine

@Suite("Alert rules")
struct AlertRuleTests {
    @Test("take the seed's YAML as it is written there")
    func seed() throws {
        let file = AlertRuleFile(
            """
            alerts:
              - name: high_event_failure_rate
                condition: failed_events_percent > 5
                severity: WARNING
                notification: slack, email

              - name: consumer_lag_high
                condition: consumer_lag > 1000
                severity: CRITICAL
                notification: slack, pagerduty

              - name: reconciliation_high_drift
                condition: drift_percentage > 10
                severity: WARNING
                notification: slack, email

              - name: reconciliation_failed
                condition: reconciliation_status == FAILED
                severity: CRITICAL
                notification: slack, email, pagerduty
            """, file: "seed")
        #expect(file.problems.isEmpty)
        #expect(
            file.rules.map(\.name) == [
                "high_event_failure_rate", "consumer_lag_high", "reconciliation_high_drift",
                "reconciliation_failed",
            ])
        #expect(
            file.rules.map(\.conditionText) == [
                "failed_events_percent > 5", "consumer_lag > 1000", "drift_percentage > 10",
                "reconciliation_status == FAILED",
            ])
        #expect(file.rules.map(\.severity) == [.warning, .critical, .warning, .critical])
        #expect(file.rules[1].channels == [.slack, .pagerduty])
        #expect(file.rules[3].channels == [.slack, .email, .pagerduty])
        #expect(file.rules[0].minimum == 20 && file.rules[0].window == .seconds(300))
        #expect(file.rules[0].runbook == "high_event_failure_rate")
    }

    @Test("that are shipped are those that the runbooks are written for, and have no fault")
    func shipped() {
        let file = AlertRuleFile(AlertRules.shippedText, file: "alert-rules.yaml")
        #expect(file.problems.isEmpty)
        #expect(
            file.rules.map(\.name) == [
                "high_event_failure_rate", "consumer_lag_high", "reconciliation_high_drift",
                "reconciliation_failed", "reconciliation_drift_warning",
                "reconciliation_awaiting_decision", "consumer_stopped", "engine_silent",
                "agent_silent", "jobs_without_agent", "breaker_open", "dead_letters_open",
                "dead_letter_flood", "events_lost", "database_unreachable", "broker_unreachable",
                "database_slow",
                "review_ageing", "schedule_missed", "delivery_failing", "unmapped_codes",
                "agent_degraded", "agent_back", "reconciliation_drift",
                "deprecated_with_active_orders", "review_opened", "break_glass_used",
                "second_look_due",
            ])
        // What is told of an agent on either side of its silence has the page of that silence.
        let pages = [
            "agent_degraded": "agent_silent", "agent_back": "agent_silent",
            "reconciliation_drift": "reconciliation_drift_warning",
        ]
        #expect(file.rules.allSatisfy { $0.runbook == pages[$0.name] ?? $0.name })
        #expect(file.rules.allSatisfy { $0.summary.hasSuffix(".") })
    }

    @Test("say in which line a fault is, and what was probably meant")
    func faults() {
        let file = AlertRuleFile(
            """
            alerts:
              - name: lag
                condition: consumer_lagg > 1000
                severity: CRITICAL
              - name: words
                condition: reconciliation_status > 3
                severity: WARNING
              - name: numbers
                condition: consumer_lag > many
                severity: WARNIN
                notification: slak
              - name: Bad Name
                condition: consumer_lag > 1
                severity: INFO
                widow: 5m
              - name: empty
                severity: INFO
              - name: lasting
                condition: consumer_lag > 1
                severity: INFO
                for: soon
              - condition: consumer_lag ~ 1
                name: sign
                severity: INFO
            """, file: "own.yaml")
        #expect(file.rules.isEmpty)
        #expect(
            file.problems.map(\.description) == [
                "own.yaml:3: condition: 'consumer_lagg' is not a signal; did you mean consumer_lag?",
                "own.yaml:6: condition: reconciliation_status is a word: compare it with == or !=",
                "own.yaml:9: condition: expected a number behind >, found 'many'",
                "own.yaml:10: severity: expected INFO, WARNING or CRITICAL; did you mean WARNING?",
                "own.yaml:11: notification: 'slak' is not a channel; did you mean slack?",
                "own.yaml:15: a rule has no 'widow'; did you mean window?",
                "own.yaml:12: name: expected a name of small letters, digits and _, such as "
                    + "consumer_lag_high",
                "own.yaml:16: the rule has no condition, such as 'condition: consumer_lag > 1000'",
                "own.yaml:21: for: expected a duration from 0s to 24h, such as 5m",
                "own.yaml:22: condition: expected a signal, one of > >= < <= == != and a limit, "
                    + "such as 'consumer_lag > 1000'; found 'consumer_lag ~ 1'",
            ])
    }

    @Test("of a team's own replace shipped ones by name, or come behind them")
    func own() throws {
        let own = AlertRuleFile(
            """
            alerts:
              - { name: consumer_lag_high, condition: consumer_lag >= 50, severity: INFO }
              - { name: parked, condition: parked_events != 0, severity: WARNING,
                  notification: [email], for: 2m, repeat: 4h, runbook: consumer_lag_high }
            """, file: "own.yaml")
        let rules = AlertRules.shipped.replacing(with: own.rules)
        #expect(rules.all.count == AlertRules.shipped.all.count + 1)
        #expect(rules["consumer_lag_high"]?.conditionText == "consumer_lag >= 50")
        #expect(rules["consumer_lag_high"]?.channels == [])
        let parked = try #require(rules["parked"])
        #expect(parked.hold == .seconds(120) && parked.repeats == .seconds(14_400))
        #expect(parked.runbook == "consumer_lag_high")
        #expect(rules.all.last == parked)
    }

    @Test(
        "compare as they are written",
        arguments: [
            (">", 5, false), (">", 6, true), (">=", 5, true), ("<", 4, true), ("<", 5, false),
            ("<=", 5, true), ("==", 5, true), ("!=", 5, false), ("!=", 4, true),
        ] as [(String, Double, Bool)])
    func compares(comparison: String, value: Double, holds: Bool) throws {
        let condition = try AlertCondition("consumer_lag \(comparison) 5")
        #expect(condition.holds(of: .number(value)) == holds)
    }

    @Test("compare words without minding capitals, and never with numbers")
    func words() throws {
        let condition = try AlertCondition("reconciliation_status == failed")
        #expect(condition.holds(of: .word("FAILED")))
        #expect(!condition.holds(of: .word("SUCCESS")))
        #expect(!condition.holds(of: .number(1)))
    }
}
