/// The runbooks that come with this build: the pages of `docs/runbooks`.
package enum RunbookLibrary {
    /// By name.
    package static let shipped: [Runbook] = pages.map { name, bytes in
        RunbookParser.parse(String(decoding: bytes, as: UTF8.self), name: name)
    }

    package static func runbook(_ name: String) -> Runbook? {
        shipped.first { $0.name == name }
    }

    /// Embedding lists no files: a test compares this with the folder.
    private static let pages: [(name: String, bytes: [UInt8])] = [
        ("agent_silent", PackageResources.agent_silent_md),
        ("break_glass_used", PackageResources.break_glass_used_md),
        ("breaker_open", PackageResources.breaker_open_md),
        ("broker_unreachable", PackageResources.broker_unreachable_md),
        ("consumer_lag_high", PackageResources.consumer_lag_high_md),
        ("consumer_stopped", PackageResources.consumer_stopped_md),
        ("database_slow", PackageResources.database_slow_md),
        ("database_unreachable", PackageResources.database_unreachable_md),
        ("dead_letter_flood", PackageResources.dead_letter_flood_md),
        ("dead_letters_open", PackageResources.dead_letters_open_md),
        ("delivery_failing", PackageResources.delivery_failing_md),
        ("deprecated_with_active_orders", PackageResources.deprecated_with_active_orders_md),
        ("engine_silent", PackageResources.engine_silent_md),
        ("events_lost", PackageResources.events_lost_md),
        ("high_event_failure_rate", PackageResources.high_event_failure_rate_md),
        ("jobs_without_agent", PackageResources.jobs_without_agent_md),
        ("reconciliation_awaiting_decision", PackageResources.reconciliation_awaiting_decision_md),
        ("reconciliation_drift_warning", PackageResources.reconciliation_drift_warning_md),
        ("reconciliation_failed", PackageResources.reconciliation_failed_md),
        ("reconciliation_high_drift", PackageResources.reconciliation_high_drift_md),
        ("review_ageing", PackageResources.review_ageing_md),
        ("review_opened", PackageResources.review_opened_md),
        ("schedule_missed", PackageResources.schedule_missed_md),
        ("second_look_due", PackageResources.second_look_due_md),
        ("unmapped_codes", PackageResources.unmapped_codes_md),
    ]
}
